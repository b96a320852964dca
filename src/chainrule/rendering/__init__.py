"""How what the engine found appears on a page: HTML elements made from a report. Nothing here computes."""
