"""Markdown as the generated pages write it."""

from collections.abc import Iterable

MADE = "Made from the units by `./dev docs`; change them, not this page."


def codes(names: Iterable[str]) -> str:
    """Literals, with commas."""
    return ", ".join(map(code, names))


def code(text: str) -> str:
    """A literal."""
    return f"`{text}`"


def link(id: str) -> str:
    """To a section of the same page."""
    return f"[{id}](#{id})"


def prose(docstring: str) -> str:
    """A docstring's reStructuredText literals as Markdown's."""
    return docstring.strip().replace("``", "`")


def table(header: Iterable[str], rows: Iterable[Iterable[str]]) -> str:
    """A Markdown table; empty when it has no rows."""
    lines = [_cells(row) for row in rows]
    columns = list(header)
    return "\n".join([_cells(columns), _cells("---" for _ in columns), *lines]) if lines else ""


def _cells(cells: Iterable[str]) -> str:
    flat = [" ".join(cell.replace("|", r"\|").split()) for cell in cells]
    return f"| {' | '.join(flat)} |"
