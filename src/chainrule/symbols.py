"""The symbol table: what each name means. Built by reading declarations; asked by everything after reading."""

from __future__ import annotations

from dataclasses import dataclass, field, replace

from chainrule.tree import Domain, Sym, Term


@dataclass(frozen=True)
class Function:
    """A function that the notation declares, ``\\sigma : \\mathbb{R} \\to (0, 1)``, and perhaps defines.

    The first ``subscripts`` parameters are written as subscripts: h_θ(x) is ``h`` with parameters (θ, x).
    """

    name: str
    parameters: tuple[Sym, ...]
    codomain: Domain
    subscripts: int = 0
    body: Term | None = None
    elementwise: bool = False  # declared by σ(v)_i := σ(v_i)


@dataclass(frozen=True)
class Definition:
    """A symbol that stands for an expression: ``z := \\theta^\\top x``, or by entries ``X_{ij} := x_j^{(i)}``."""

    symbol: Sym
    indices: tuple[Sym, ...]
    body: Term


@dataclass(frozen=True)
class Notation:
    """What the reader has been told so far, immutable: each declaration makes a new one, and a later one prevails.

    Keys are names as SymPy code spells them: ``theta``, ``X``, ``ell``. ``families`` are known by their superscript
    (x⁽ⁱ⁾) and may share a name with a symbol; ``spellings`` are vectors that may be indexed above (y⁽ⁱ⁾ for y_i).
    """

    symbols: dict[str, Sym] = field(default_factory=dict)
    families: dict[str, Sym] = field(default_factory=dict)
    functions: dict[str, Function] = field(default_factory=dict)
    definitions: dict[str, Definition] = field(default_factory=dict)
    spellings: frozenset[str] = frozenset()
    latex: dict[str, str] = field(default_factory=dict)  # how a name is written on the page

    def with_symbol(self, symbol: Sym, latex: str) -> Notation:
        """The notation after ``symbol`` is declared anew: what its name meant before no longer holds."""
        latex_names = {**self.latex, symbol.name: latex}
        if symbol.batch:
            return replace(self, families={**self.families, symbol.name: symbol}, latex=latex_names)
        return replace(
            self,
            symbols={**self.symbols, symbol.name: symbol},
            definitions={k: d for k, d in self.definitions.items() if k != symbol.name},
            functions={k: f for k, f in self.functions.items() if k != symbol.name or f.subscripts},
            latex=latex_names,
        )

    def with_function(self, function: Function, latex: str) -> Notation:
        """The notation after ``function`` is declared or defined."""
        return replace(
            self,
            functions={**self.functions, function.name: function},
            latex={**self.latex, function.name: latex},
        )

    def with_definition(self, definition: Definition) -> Notation:
        """The notation after a declared symbol is given its meaning."""
        return replace(self, definitions={**self.definitions, definition.symbol.name: definition})

    def with_spelling(self, name: str) -> Notation:
        """The notation after ``y^{(i)} := y_i`` allows the superscript for the vector ``name``."""
        return replace(self, spellings=self.spellings | {name})
