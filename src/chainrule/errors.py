"""What reading can end with: one message at one place."""

from __future__ import annotations

from chainrule.tree import Span


class ReadingError(Exception):
    """A formula that the engine refuses.

    ``span`` are offsets into the LaTeX of the formula, ``cure`` says what to write instead, and ``code`` names the
    section of the errors page.
    """

    def __init__(self, message: str, span: Span, cure: str = "", code: str = "unreadable") -> None:
        super().__init__(message)
        self.message = message
        self.span = span
        self.cure = cure
        self.code = code
