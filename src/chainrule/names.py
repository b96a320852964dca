"""How a LaTeX name is spelt in code: ``\\theta`` is ``theta``, ``\\hat{y}`` is ``y_hat``; and back."""

from __future__ import annotations

from lark import Token, Tree

SUFFIXES = {
    r"\hat": "hat", r"\bar": "bar", r"\tilde": "tilde", r"\vec": "vec", r"\mathbf": "bold", r"\boldsymbol": "bold",
    r"\bm": "bold", r"\mathrm": "upright", r"\mathcal": "script",
}  # fmt: skip


def name_of(tree: Tree[Token] | Token) -> str:
    """The name in code of a NAME token or an accented name."""
    if isinstance(tree, Token):
        text = str(tree)
        return text.rpartition("{")[2].rstrip("} ").strip() if "{" in text else text.lstrip("\\")
    accent, accented = tree.children[0], tree.children[1]
    assert accented is not None
    return f"{name_of(inner_name(accented))}_{SUFFIXES[str(accent)]}"


def inner_name(accented: Tree[Token] | Token) -> Tree[Token] | Token:
    """The name under an accent, with or without braces around it."""
    if isinstance(accented, Token) or accented.data == "accent":
        return accented
    return next(c for c in accented.children if not (isinstance(c, Token) and c.type != "NAME"))


def latex_of(name: str) -> str:
    """The LaTeX of a name that was never seen on a page."""
    base, *suffixes = name.split("_")
    letter = base if len(base) == 1 else f"\\{base}" if base in GREEK else rf"\operatorname{{{base}}}"
    for suffix in suffixes:
        command = next((c for c, s in SUFFIXES.items() if s == suffix), None)
        letter = f"{command}{{{letter}}}" if command else f"{letter}_{{{suffix}}}"
    return letter


GREEK = {
    "alpha": "α", "beta": "β", "gamma": "γ", "delta": "δ", "epsilon": "ε", "varepsilon": "ε", "zeta": "ζ", "eta": "η",
    "theta": "θ", "iota": "ι", "kappa": "κ", "lambda": "λ", "mu": "μ", "nu": "ν", "xi": "ξ", "pi": "π", "rho": "ρ",
    "sigma": "σ", "tau": "τ", "upsilon": "υ", "phi": "φ", "varphi": "φ", "chi": "χ", "psi": "ψ", "omega": "ω",
    "Gamma": "Γ", "Delta": "Δ", "Theta": "Θ", "Lambda": "Λ", "Xi": "Ξ", "Pi": "Π", "Sigma": "Σ", "Phi": "Φ", "Psi": "Ψ",
    "Omega": "Ω", "ell": "ℓ",
}  # fmt: skip


def readable(name: str) -> str:
    """A name as plain text shows it: ``theta`` is θ."""
    base, underscore, suffix = name.partition("_")
    return GREEK.get(base, base) + underscore + suffix
