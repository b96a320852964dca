"""The fence ``rejected``: LaTeX quoted from a source, and what the engine says about it."""

from __future__ import annotations

import html
from collections.abc import Mapping
from typing import Any

from markdown import Markdown
from pymdownx.superfences import SuperFencesCodeExtension

from chainrule.rendering.code import code_html
from chainrule.rendering.latex import key
from chainrule.results import PageReport, RejectedResult

_FENCE = "rejected"


def register_fence(md: Markdown, report: PageReport) -> None:
    """Make superfences show this page's fences; without superfences they stay plain code."""
    messages = {key(result.latex): result for result in report.rejected}

    def show(src: str, md: Markdown, **_: Any) -> str:
        result = messages.get(key(src))
        return code_html(md, src, "latex") + (_message(result) if result else "")

    for extension in md.registeredExtensions:
        if isinstance(extension, SuperFencesCodeExtension):
            fences = extension.superfences
            fences[:] = [fence for fence in fences if fence["name"] != _FENCE]
            extension.extend_super_fences(_FENCE, show, _accept, None)


def _accept(
    language: str, inputs: Mapping[str, str], options: Mapping[str, str], attrs: Mapping[str, str], md: Markdown
) -> bool:
    """The fence takes no options."""
    return not inputs


def _message(result: RejectedResult) -> str:
    return f'<pre class="chainrule-message" data-verdict="{result.verdict.value}">{html.escape(result.message)}</pre>'
