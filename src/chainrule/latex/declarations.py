"""Declarations and definitions: LaTeX that the reader sees, turned into entries of the symbol table."""

from __future__ import annotations

from fractions import Fraction

from lark import Token, Tree

from chainrule.latex.meaning import Meaning
from chainrule.latex.syntax import Syntax, is_group, is_name, only_child, refuse, span_of, unwrap
from chainrule.names import name_of
from chainrule.proving.dependence import names_in
from chainrule.proving.substitution import replaced
from chainrule.symbols import Definition, Function, Notation
from chainrule.tree import ONE, Call, Domain, Entry, Num, Shape, Sym, Term, number


class Set:
    """A set on the page: the shape of its members, where their entries lie, and the ends of a range."""

    def __init__(self, shape: Shape, domain: Domain, bounds: tuple[Term, ...] = ()) -> None:
        self.shape = shape
        self.domain = domain
        self.bounds = bounds


INTERVALS = {("0", "1"): Domain.UNIT, ("0", "oo"): Domain.POSITIVE, ("-oo", "oo"): Domain.REAL}


def read_set(tree: Syntax, notation: Notation) -> Set:
    """The set that a piece of syntax names."""
    if isinstance(tree, Token):
        refuse("a set is wanted here", tree, r"Write \mathbb{R}^n, \{0, 1\} or (0, 1).", "unreadable")
    reader = {
        "all_numbers": all_numbers, "all_arrays": all_arrays, "numbers_from": numbers_from, "two_numbers": two_numbers,
        "binary_arrays": binary_arrays, "range": read_range, "interval": interval,
    }[tree.data]  # fmt: skip
    return reader(tree, notation)


def letter(token: Syntax) -> str:
    return str(token).rstrip("} ")[-1]


def all_numbers(tree: Tree[Token], notation: Notation) -> Set:
    if letter(tree.children[0]) == "N":
        refuse(r"\mathbb{N} may or may not contain 0", tree, r"Write \mathbb{N}_{\ge 1}.", "ambiguous")
    return Set((), Domain.REAL)


def all_arrays(tree: Tree[Token], notation: Notation) -> Set:
    return Set(dimension(tree.children[2], notation), Domain.REAL)


def numbers_from(tree: Tree[Token], notation: Notation) -> Set:
    start = Meaning(notation).expression(tree.children[4])
    if letter(tree.children[0]) != "N" or tree.children[3] != ">=" or start != ONE:
        refuse("the sizes of this language begin at 1", tree, r"Write \mathbb{N}_{\ge 1}.", "unreadable")
    return Set((), Domain.NATURAL)


def two_numbers(tree: Tree[Token], notation: Notation) -> Set:
    values = [Meaning(notation).expression(tree.children[k]) for k in (1, 3)]
    if values != [number(0), number(1)]:
        refuse("the only set of two numbers that is read is {0, 1}", tree, r"Write \{0, 1\}.", "unreadable")
    return Set((), Domain.BINARY)


def binary_arrays(tree: Tree[Token], notation: Notation) -> Set:
    two_numbers(tree, notation)
    return Set(dimension(tree.children[-1], notation), Domain.BINARY)


def read_range(tree: Tree[Token], notation: Notation) -> Set:
    meaning = Meaning(notation)
    bounds = (meaning.expression(tree.children[1]), meaning.expression(tree.children[5]))
    return Set((), Domain.INDEX, bounds)


def interval(tree: Tree[Token], notation: Notation) -> Set:
    ends = []
    for end in (tree.children[1], tree.children[3]):
        if isinstance(end, Tree) and end.data == "infinity":
            ends.append("oo")
        else:
            term = Meaning(notation).expression(end)
            ends.append(str(term.value) if isinstance(term, Num) else "?")
    domain = INTERVALS.get((ends[0], ends[1]))
    if domain is None:
        refuse("this interval is not among those that are read", tree, r"Write (0, 1) or (0, \infty).", "unreadable")
    return Set((), domain)


def dimension(tree: Syntax, notation: Notation) -> Shape:
    """``n`` or ``{m \\times n}``: declared sizes or numbers."""
    assert isinstance(tree, Tree)
    sizes: list[Term] = []
    for token in tree.children:
        if isinstance(token, Token) and token.type == "NUMBER":
            sizes.append(Num(Fraction(str(token))))
        elif isinstance(token, Token) and token.type == "NAME":
            symbol = notation.symbols.get(name_of(token))
            if symbol is None or symbol.domain is not Domain.NATURAL:
                refuse(
                    f"{token} is not declared as a size",
                    token,
                    rf"Declare it: {token} \in \mathbb{{N}}_{{\ge 1}}.",
                    "unknown-symbol",
                )
            sizes.append(symbol)
    if len(sizes) > 2:
        refuse("more than two axes", tree, "Use a family of matrices.", "unreadable")
    return tuple(sizes)


# ── declarations ─────────────────────────────────────────────────────────────────────────────────────────────────────


def declare_membership(tree: Tree[Token], notation: Notation) -> Notation:
    """``\\theta \\in \\mathbb{R}^n``, ``x^{(i)} \\in \\mathbb{R}^n``."""
    left, _, right = tree.children
    found = read_set(right, notation)
    base, scripts = unwrap(only_child(left))
    if not is_name(base):
        refuse("a declaration names one symbol", left, r"Write x \in \mathbb{R}^n.", "unreadable")
    name = name_of(base)
    if not scripts:
        return notation.with_symbol(Sym(name, found.shape, domain=found.domain, bounds=found.bounds), latex_at(base))
    script = scripts[0]
    if len(scripts) > 1 or script.data != "sup" or not is_group(only_child(script.children[2])):
        refuse("a family is declared by its superscript", left, r"Write x^{(i)} \in \mathbb{R}^n.", "unreadable")
    (index,) = Meaning(notation).indices(script.children[2])
    if not isinstance(index, Sym) or not index.bounds or index.bounds[0] != ONE:
        refuse(
            "the superscript of a family is an index with a range from 1",
            script,
            r"Declare i \in \{1, \dots, m\} first.",
            "unknown-symbol",
        )
    return notation.with_symbol(
        Sym(name, (index.bounds[1], *found.shape), batch=1, domain=found.domain), latex_at(base)
    )


def latex_at(syntax: Syntax) -> str:
    """The LaTeX of a name as it was written."""
    if isinstance(syntax, Token):
        return str(syntax)
    parts = [str(c) if isinstance(c, Token) else latex_at(c) for c in syntax.children]
    return parts[0] + (
        parts[1] if parts[1].startswith("{") else f"{{{''.join(p for p in parts[1:] if p not in '{}')}}}"
    )


def declare_signature(tree: Tree[Token], notation: Notation) -> Notation:
    """``\\sigma : \\mathbb{R} \\to (0, 1)``, ``h_\\theta : \\mathbb{R}^n \\to (0, 1)``."""
    left, _, space, _, codomain = tree.children
    base, scripts = unwrap(only_child(left))
    if not is_name(base) or any(s.data != "sub" for s in scripts):
        refuse("a signature names one function", left, r"Write f : \mathbb{R} \to \mathbb{R}.", "unreadable")
    assert isinstance(space, Tree)
    hidden = [Meaning(notation).expression(only_child(s.children[2])) for s in scripts]
    for symbol in hidden:
        if not isinstance(symbol, Sym):
            refuse("the subscript of a function is a declared symbol", left, r"Write h_\theta.", "unreadable")
    sets = [read_set(c, notation) for c in space.children if not (isinstance(c, Token) and c.type == "TIMES")]
    shapes = [(h.shape, h.domain) for h in hidden if isinstance(h, Sym)] + [(s.shape, s.domain) for s in sets]
    parameters = tuple(Sym(f"_{k}", shape, domain=domain) for k, (shape, domain) in enumerate(shapes, 1))
    target = read_set(codomain, notation)
    if target.shape:
        refuse("a function's values are numbers here", codomain, "Declare its entries as functions.", "unreadable")
    return notation.with_function(Function(name_of(base), parameters, target.domain, len(hidden)), latex_at(base))


# ── definitions ──────────────────────────────────────────────────────────────────────────────────────────────────────


def define(left: Tree[Token], right: Tree[Token], notation: Notation) -> tuple[Term, Term, Notation]:
    """Read ``left := right``: both sides as terms, and the notation in which the left side has its meaning."""
    pieces = pieces_of(left)
    if len(pieces) == 2 and is_group(unwrap(pieces[1])[0]):
        return define_function(pieces, left, right, notation)
    base, scripts = unwrap(pieces[0])
    if len(pieces) != 1 or not is_name(base):
        refuse(
            "the left side of := is a symbol, its entries, or a function at its arguments",
            left,
            "Write f(x) := …",
            "unreadable",
        )
    if scripts:
        return define_entries(base, left, right, notation)
    body = Meaning(notation).line(right)
    name = name_of(base)
    declared = notation.symbols.get(name)
    if declared is not None and declared.shape != body.shape:
        refuse(
            f"{name} is declared with another shape than this", right, "Make declaration and definition agree.", "shape"
        )
    if name in names_in(body, notation):
        refuse(f"{name} is defined by itself", left, "Give the right side another name.", "circular")
    symbol = Sym(name, body.shape, domain=declared.domain if declared else Domain.REAL, span=span_of(base))
    if declared is None:
        notation = notation.with_symbol(symbol, latex_at(base))
    return symbol, body, notation.with_definition(Definition(symbol, (), body))


def pieces_of(side: Tree[Token]) -> list[Syntax]:
    """The factors of a side that is one product."""
    inner = only_child(side)
    return list(inner.children) if isinstance(inner, Tree) and inner.data == "product" else [inner]


def define_entries(
    base: Syntax, left: Tree[Token], right: Tree[Token], notation: Notation
) -> tuple[Term, Term, Notation]:
    """``X_{ij} := x_j^{(i)}``; or ``y^{(i)} := y_i``, which only allows another spelling."""
    name = name_of(base)
    symbol = notation.symbols.get(name)
    if symbol is None or not symbol.axes:
        refuse(
            f"{name} is not declared as a vector or matrix",
            left,
            rf"Declare it first: {name} \in \mathbb{{R}}^{{m \times n}}.",
            "unknown-symbol",
        )
    spelled = notation.with_spelling(name)
    term = Meaning(spelled).line(left)
    body = Meaning(notation).line(right)
    if term == body:
        return term, body, spelled
    if (
        not isinstance(term, Entry)
        or not all(isinstance(k, Sym) for k in term.indices)
        or len(term.indices) != len(symbol.axes)
    ):
        refuse("a definition by entries has one index variable for each axis", left, r"Write X_{ij} := …", "unreadable")
    if any(isinstance(t, Sym) and t.name == name and not t.batch for t in body.walk()):
        refuse(f"{name} is defined by itself", left, "Give the right side another name.", "circular")
    indices = tuple(k for k in term.indices if isinstance(k, Sym))
    return term, body, notation.with_definition(Definition(symbol, indices, body))


def define_function(
    pieces: list[Syntax], left: Tree[Token], right: Tree[Token], notation: Notation
) -> tuple[Term, Term, Notation]:
    """``h_\\theta(x) := \\sigma(\\theta^\\top x)``; ``\\sigma(v)_i := \\sigma(v_i)`` declares elementwise use."""
    base, scripts = unwrap(pieces[0])
    if not is_name(base):
        refuse("the left side of := names a function", left, "Write f(x) := …", "unreadable")
    name = name_of(base)
    group, outer = unwrap(pieces[1])
    assert isinstance(group, Tree)
    names = [only_child(c) for c in group.children[1].children if isinstance(c, Tree)]  # type: ignore[union-attr]
    if outer:
        return define_elementwise(name, left, right, notation)
    for argument in names:
        if not is_name(argument):
            refuse("a function is defined at letters", argument, "Write f(x) := …", "unreadable")
    subscripts = [only_child(s.children[2]) for s in scripts if s.data == "sub"]
    function = notation.functions.get(name) or signature_of(name, subscripts, names, notation)
    formals = [name_of(s) for s in (*subscripts, *names)]
    if len(formals) != len(function.parameters) or len(subscripts) != function.subscripts:
        refuse(f"{name} is declared with other arguments", left, "Make declaration and definition agree.", "shape")
    local = notation.with_function(function, latex_at(base))
    symbols = [Sym(f, p.axes, domain=p.domain) for f, p in zip(formals, function.parameters, strict=True)]
    for symbol, syntax in zip(symbols, (*subscripts, *names), strict=True):
        local = local.with_symbol(symbol, latex_at(syntax))
    term, body = Meaning(local).line(left), Meaning(local).line(right)
    if body.shape:
        refuse("a function's values are numbers here", right, "Define its entries.", "shape")
    if any(isinstance(t, Call) and reaches(t.function, name, notation) for t in body.walk()):
        refuse(f"{name} is defined by itself", left, "Give the right side another name.", "circular")
    meaning = replaced(body, dict(zip(symbols, function.parameters, strict=True)))
    defined = Function(name, function.parameters, function.codomain, function.subscripts, meaning, function.elementwise)
    return term, body, notation.with_function(defined, latex_at(base))


def signature_of(name: str, subscripts: list[Syntax], names: list[Syntax], notation: Notation) -> Function:
    """The signature of a function that was not declared: its arguments are what the notation says of their names."""
    arguments = []
    for syntax in (*subscripts, *names):
        symbol = notation.symbols.get(name_of(syntax))
        if symbol is None:
            refuse(
                f"{name_of(syntax)} is not declared",
                syntax,
                rf"Declare it, or the function: {name} : \mathbb{{R}} \to \mathbb{{R}}.",
                "unknown-symbol",
            )
        arguments.append(symbol)
    parameters = tuple(Sym(f"_{k}", a.axes, domain=a.domain) for k, a in enumerate(arguments, 1))
    return Function(name, parameters, Domain.REAL, len(subscripts))


def reaches(start: str, wanted: str, notation: Notation) -> bool:
    """Whether unfolding the function ``start`` can meet ``wanted``."""
    if start == wanted:
        return True
    function = notation.functions.get(start)
    if function is None or function.body is None:
        return False
    return any(isinstance(t, Call) and reaches(t.function, wanted, notation) for t in function.body.walk())


def define_elementwise(
    name: str, left: Tree[Token], right: Tree[Token], notation: Notation
) -> tuple[Term, Term, Notation]:
    function = notation.functions.get(name)
    if function is None or len(function.parameters) != 1 or function.parameters[0].shape:
        refuse(
            f"{name} is not declared as a function of a number",
            left,
            rf"Declare {name} : \mathbb{{R}} \to \mathbb{{R}} first.",
            "unknown-symbol",
        )
    wide = Function(name, function.parameters, function.codomain, 0, function.body, True)
    spread = notation.with_function(wide, notation.latex[name])
    term, body = Meaning(spread).line(left), Meaning(notation).line(right)
    vector = term.base.args[0] if isinstance(term, Entry) and isinstance(term.base, Call) else None
    if not isinstance(term, Entry) or vector is None or body != Call(name, (Entry(vector, term.indices),)):
        refuse("elementwise use is declared entry by entry", left, r"Write f(v)_i := f(v_i).", "unreadable")
    return term, body, spread
