"""How what the engine found appears on a page: elements made from a report. Nothing is computed."""
