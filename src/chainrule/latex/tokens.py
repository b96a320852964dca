"""Between lexer and parser: drops alignment, joins reasons with relations, marks derivatives, pairs bars.

Each of these needs more than one token of context and nothing of the grammar; done here, the grammar stays LALR(1).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from lark import Token

from chainrule.errors import ReadingError
from chainrule.tree import Span

ENVIRONMENTS = ("aligned", "align", "align*", "split", "gather", "gathered", "equation", "equation*")
CONTINUES = ("RELATION", "PLUS", "MINUS", "DOT", "TIMES", "IN", "END")
RELATIONS = {
    ":=": ":=", r"\triangleq": ":=", r"\coloneqq": ":=", "=": "=",
    r"\le": "<=", r"\leq": "<=", r"\ge": ">=", r"\geq": ">=", "<": "<", ">": ">", r"\ne": "!=", r"\neq": "!=",
    r"\leftarrow": "<-", r"\gets": "<-", r"\sim": "~", r"\approx": "~~", r"\propto": "~~",
}  # fmt: skip
MATRICES = ("matrix", "pmatrix", "bmatrix", "vmatrix", "Vmatrix", "smallmatrix", "cases")


class Relation(Token):
    """A relation with the reason that stands under it, if any."""

    reason: str | None = None


class Layout:
    """The lark post-lexer. One formula at a time: ``source`` is set before each parse."""

    always_accept = (
        "AMPERSAND",
        "NEWLINE",
        "BEGIN",
        "END",
        "UNDERSET",
        "TEXT",
        "PARTIAL",
        "UPRIGHT_D",
        "NORM_BAR",
        "ABS_BAR",
        "PERIOD",
        "WORD",
        "FUNCTION_WORD",
    )

    def __init__(self) -> None:
        self.source = ""

    def process(self, stream: Iterator[Token]) -> Iterator[Token]:
        """The tokens as the grammar wants them."""
        tokens = self.without_final_stop(list(stream))
        tokens = [as_letter(token) for token in tokens]
        tokens = mark_matrices(split_digits(tokens))
        tokens = without_environments(tokens)
        tokens = self.with_reasons(tokens)
        tokens = without_alignment(tokens)
        tokens = mark_derivatives(tokens)
        return iter(pair_bars(tokens))

    @staticmethod
    def without_final_stop(tokens: list[Token]) -> list[Token]:
        """A full stop or comma that ends the sentence around a display is not part of the formula."""
        last = next((k for k in range(len(tokens) - 1, -1, -1) if tokens[k].type != "END"), -1)
        if last >= 0 and tokens[last].type in ("PERIOD", "COMMA"):
            del tokens[last]
        for token in tokens:
            if token.type == "PERIOD":
                raise error("a full stop inside a formula", token, "Remove it; a decimal point stands between digits.")
        return tokens

    def with_reasons(self, tokens: list[Token]) -> list[Token]:
        """``\\underset{reason}{=}`` becomes one relation that knows its reason."""
        result: list[Token] = []
        position = 0
        while position < len(tokens):
            token = tokens[position]
            if token.type == "RELATION":
                result.append(relation(token, None))
                position += 1
            elif token.type == "UNDERSET":
                reason, position = self.braced(tokens, position + 1, token)
                if position < len(tokens) and tokens[position].type == "RELATION":
                    found, position = tokens[position], position + 1
                elif [t.type for t in tokens[position : position + 3]] == ["LBRACE", "RELATION", "RBRACE"]:
                    found, position = tokens[position + 1], position + 3
                else:
                    raise error(f"{token} without a relation", token, rf"Write {token}{{\text{{reason}}}}{{=}}.")
                result.append(relation(found, reason))
            else:
                result.append(token)
                position += 1
        return result

    def braced(self, tokens: list[Token], position: int, opener: Token) -> tuple[str, int]:
        """The source between the braces that open at ``position``, and the position after them."""
        if position >= len(tokens) or tokens[position].type != "LBRACE":
            raise error(f"{opener} without its braces", opener, rf"Write {opener}{{\text{{reason}}}}{{=}}.")
        close = closing(tokens, position)
        return self.source[tokens[position].end_pos : tokens[close].start_pos].strip(), close + 1


def as_letter(token: Token) -> Token:
    """A name or function of several letters is to the parser what one of one letter is."""
    kind = {"WORD": "NAME", "FUNCTION_WORD": "FUNCTION"}.get(token.type)
    return Token.new_borrow_pos(kind, str(token), token) if kind else token


def error(message: str, token: Token, cure: str, code: str = "unreadable") -> ReadingError:
    """The error at one token."""
    return ReadingError(message, Span(token.start_pos or 0, token.end_pos or 0), cure, code)


def relation(token: Token, reason: str | None) -> Token:
    """The relation in its canonical spelling, at its place."""
    made = Relation.new_borrow_pos("RELATION", RELATIONS[str(token)], token)
    made.reason = reason
    return made


def closing(tokens: list[Token], opener: int) -> int:
    """The index of the brace that closes the one at ``opener``."""
    depth = 0
    for position in range(opener, len(tokens)):
        depth += {"LBRACE": 1, "RBRACE": -1}.get(tokens[position].type, 0)
        if depth == 0:
            return position
    raise error("this brace is never closed", tokens[opener], "Add the missing }.")


def split_digits(tokens: list[Token]) -> list[Token]:
    """TeX takes one digit where braces are left out: ``\\frac12`` is a half; ``x_12``, x_1 times 2, is refused."""
    result: list[Token] = []
    wanted = 0
    for token in tokens:
        digits = token.type == "NUMBER" and wanted > 0 and len(token) > 1
        if digits and result[-1].type in ("SUB", "SUP"):
            raise error(
                f"{token} without braces: TeX takes only its first digit",
                token,
                f"Write {{{token}}}, or separate the digits by braces.",
                "ambiguous",
            )
        pieces = one_by_one(token, wanted) if digits else [token]
        result += pieces
        if token.type in ("FRAC", "SUB", "SUP"):
            wanted = 2 if token.type == "FRAC" else 1
        else:
            wanted = max(0, wanted - len(pieces)) if token.type in ("NUMBER", "NAME") else 0
    return result


def one_by_one(token: Token, count: int) -> list[Token]:
    """The first ``count`` digits as numbers of their own, then the rest as one."""
    start, line, column = token.start_pos or 0, token.line, token.column
    cuts = [(k, k + 1) for k in range(min(count, len(token)))]
    if len(token) > count:
        cuts.append((count, len(token)))
    return [
        Token("NUMBER", str(token)[a:b], start + a, line, column, end_line=line, end_column=column, end_pos=start + b)
        for a, b in cuts
    ]


def mark_matrices(tokens: list[Token]) -> list[Token]:
    """Inside a matrix, ``&`` and ``\\\\`` mean something: they become CELL and ROW."""
    result: list[Token] = []
    depth = 0
    for token in tokens:
        kind = token.type
        if kind in ("BEGIN", "END") and token[token.index("{") + 1 : -1].rstrip("*") in MATRICES:
            depth += 1 if kind == "BEGIN" else -1
            if kind == "END" and result and result[-1].type == "ROW":
                result.pop()
            token = Token.new_borrow_pos("MATRIX" if kind == "BEGIN" else "END_MATRIX", str(token), token)
        elif depth > 0 and kind in ("AMPERSAND", "NEWLINE"):
            token = Token.new_borrow_pos("CELL" if kind == "AMPERSAND" else "ROW", str(token), token)
        result.append(token)
    return result


def without_environments(tokens: list[Token]) -> list[Token]:
    """Drop ``\\begin{aligned}`` and its kind, in pairs."""
    opened: list[Token] = []
    for token in tokens:
        if token.type == "BEGIN":
            if token[token.index("{") + 1 : -1] not in ENVIRONMENTS:
                raise error(f"the environment {token} is not read", token, f"Use one of: {', '.join(ENVIRONMENTS)}.")
            opened.append(token)
        elif token.type == "END" and (not opened or opened.pop()[6:] != token[4:]):
            raise error(f"{token} closes nothing", token, r"Pair every \begin with its \end.")
    if opened:
        raise error(f"{opened[-1]} is never closed", opened[-1], r"Pair every \begin with its \end.")
    return [token for token in tokens if token.type not in ("BEGIN", "END")]


def without_alignment(tokens: list[Token]) -> list[Token]:
    """Drop ``&`` and ``\\\\`` where they only lay out; refuse them where they would join two formulas."""
    result: list[Token] = []
    for position, token in enumerate(tokens):
        if token.type not in ("AMPERSAND", "NEWLINE"):
            result.append(token)
            continue
        following = next((t for t in tokens[position + 1 :] if t.type not in ("AMPERSAND", "NEWLINE")), None)
        joined = result and result[-1].type not in CONTINUES and following is not None
        if joined and following is not None and following.type not in CONTINUES:
            if token.type == "NEWLINE":
                raise error(
                    "this row begins with neither a relation nor an operator",
                    following,
                    "Begin the row with =, or with the + or - that continues the line above.",
                )
            raise error("& stands where nothing is aligned", token, "Put & directly before the relation.")
    return result


def differential(tokens: list[Token], position: int) -> bool:
    """Whether the half of a fraction that opens at ``position`` begins with d or ∂."""
    inner = tokens[position + 1] if position + 1 < len(tokens) else None
    return inner is not None and (inner.type in ("PARTIAL", "UPRIGHT_D") or (inner.type == "NAME" and inner == "d"))


def mark_derivatives(tokens: list[Token]) -> list[Token]:
    """A fraction whose two halves both begin with a differential is a derivative."""
    tokens = list(tokens)
    for position, token in enumerate(tokens):
        if token.type != "FRAC" or position + 1 >= len(tokens) or tokens[position + 1].type != "LBRACE":
            continue
        close = closing(tokens, position + 1)
        halves = (position + 1, close + 1)
        if (
            close + 1 >= len(tokens)
            or tokens[close + 1].type != "LBRACE"
            or not all(differential(tokens, h) for h in halves)
        ):
            continue
        kind = "DIFF_OPERATOR" if nothing_above(tokens, position + 2, close) else "DIFF_FRAC"
        tokens[position] = Token.new_borrow_pos(kind, str(token), token)
        end = closing(tokens, close + 1)
        marks = [halves[0] + 1] + [
            k for k in range(halves[1] + 1, end) if differential(tokens, k - 1) and before_variable(tokens, k)
        ]
        kinds = {tokens[k].type == "PARTIAL" for k in marks}
        if len(kinds) > 1:
            raise error(
                "d and ∂ are mixed in one derivative",
                token,
                r"Write d in both halves, or \partial in both.",
                "mixed-differentials",
            )
        for k in marks:
            tokens[k] = Token.new_borrow_pos("DIFF", str(tokens[k]), tokens[k])
    integral = next((k for k, token in enumerate(tokens) if token.type == "INT"), len(tokens))
    return [mark_lone_differential(tokens, position, position > integral) for position in range(len(tokens))]


def mark_lone_differential(tokens: list[Token], position: int, integral: bool) -> Token:
    """``\\partial_x`` is an operator; a d after an integral sign names its variable; nothing else is read."""
    token = tokens[position]
    if token.type == "PARTIAL" and position + 1 < len(tokens) and tokens[position + 1].type == "SUB":
        return Token.new_borrow_pos("PARTIAL_BY", str(token), token)
    if integral and token.type in ("UPRIGHT_D", "NAME") and differential(tokens, position - 1):
        return Token.new_borrow_pos("DX", str(token), token) if before_variable(tokens, position) else token
    if token.type in ("PARTIAL", "UPRIGHT_D"):
        raise error(f"{token} outside a derivative", token, r"Write \frac{\partial f}{\partial x} or \frac{d}{dx}.")
    return token


def nothing_above(tokens: list[Token], differential_at: int, close: int) -> bool:
    """Whether a numerator holds only its differential, perhaps with an order: ``\\partial``, ``d^2``."""
    rest = tokens[differential_at + 1 : close]
    return not rest or (
        rest[0].type == "SUP" and (len(rest) == 2 or (rest[1].type == "LBRACE" and closing(rest, 1) == len(rest) - 1))
    )


def before_variable(tokens: list[Token], position: int) -> bool:
    """Whether a differential at ``position`` has its variable after it (so that the d of ``dd`` is a name)."""
    return position + 1 < len(tokens) and tokens[position + 1].type in ("NAME", "ACCENT", "LPAR", "LBRACE")


def pair_bars(tokens: list[Token]) -> list[Token]:
    """Bars look alike on both sides: two in one bracket open and close in turn; one alone there means “given”."""
    pairs = {"NORM_BAR": ("LNORM", "RNORM"), "ABS_BAR": ("LABS", "RABS")}
    groups = bracket_groups(tokens)
    counts = Counter((t.type, g) for t, g in zip(tokens, groups, strict=True) if t.type in pairs)
    opened: dict[tuple[str, int], Token] = {}
    result = []
    for token, group in zip(tokens, groups, strict=True):
        if token.type in pairs:
            key = (token.type, group)
            if group >= 0 and counts[key] == 1:
                kind = "MID"
            else:
                kind = pairs[token.type][key in opened]
                opened[key] = token
                if kind == pairs[token.type][1]:
                    del opened[key]
            token = Token.new_borrow_pos(kind, str(token), token)
        result.append(token)
    for token in opened.values():
        raise error(f"the bar {token} is never closed", token, r"Close it, or write \mid for “given”.")
    return result


def bracket_groups(tokens: list[Token]) -> list[int]:
    """For each token, the position of the bracket around it; -1 outside all brackets."""
    stack: list[int] = []
    groups = []
    for position, token in enumerate(tokens):
        if token.type in ("RPAR", "RSQB", "RSET", "RBRACE", "RANGLE") and stack:
            stack.pop()
        groups.append(stack[-1] if stack else -1)
        if token.type in ("LPAR", "LSQB", "LSET", "LBRACE", "LANGLE"):
            stack.append(position)
    return groups
