"""LaTeX → typed trees, under the notation that was declared."""
