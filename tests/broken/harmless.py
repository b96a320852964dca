"""Edits that are no slips: of these the check must say nothing."""

from tests.broken.breaks import Edit

CHAIN, GRADIENT, MATRIX = "docs/chain-rule.md", "docs/gradient.md", "docs/matrix.md"
FULL = "snippets/gradient/full.py"

HARMLESS = {
    "factors in another order": Edit(
        MATRIX,
        r"\left( h_\theta(x^{(i)}) - y^{(i)} \right) x_j^{(i)} \\",
        r"x_j^{(i)} \left( h_\theta(x^{(i)}) - y^{(i)} \right) \\",
    ),
    "another name for the index of a sum": Edit(
        MATRIX,
        r"\sum_{k=1}^{n} X_{ik} \theta_k",
        r"\sum_{l=1}^{n} X_{il} \theta_l",
    ),
    "another spelling of a transpose": Edit(
        MATRIX,
        r"  &= 2 \left( X^\top (X",
        r"  &= 2 \left( X^{\mathsf T} (X",
    ),
    "another size of a bracket": Edit(
        MATRIX,
        r"  &= 2 \left( X^\top (X\theta - y) \right)_j",
        r"  &= 2 \bigl( X^\top (X\theta - y) \bigr)_j",
    ),
    "a paragraph above": Edit(
        GRADIENT,
        "# The gradient\n",
        "# The gradient\n\nTake your time.\n",
    ),
    "a reason on the page that is the snippet's": Edit(
        CHAIN,
        "  &= x\n",
        "  &\\underset{\\text{derivative of a linear form}}{=} x\n",
    ),
    "a comment in a snippet": Edit(
        FULL,
        "score = dot",
        "# One example.\nscore = dot",
    ),
    "the same numbers by another way": Edit(
        FULL,
        "X.T @ (sigmoid(X @ theta) - y) / len(y)",
        "(sigmoid(X @ theta) - y) @ X / y.size",
    ),
}
