"""A page of text for people: lines and aligned rows, at a terminal or in a file."""

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from hullmark.model.phrases import shortened, visible

if TYPE_CHECKING:
    from rich.console import Console

Cell = tuple[str, str]
"""A text and its style, in rich's words; the text may hold anything at all."""

MIN_LAST_COLUMN = 24
"""The last column wraps no narrower, even where a terminal is."""


class Page:
    """Lines and aligned rows on a console. Whatever is printed passes ``visible`` here."""

    def __init__(self, console: "Console") -> None:
        from rich.cells import cell_len  # noqa: PLC0415 - 50 ms that other formats do not need
        from rich.segment import Segment, Segments  # noqa: PLC0415 - as above
        from rich.text import Text  # noqa: PLC0415 - as above

        self.console = console
        self.segment = Segment
        self.segments = Segments
        self.text = Text
        self.cell_len = cell_len

    def line(self, *cells: Cell, indent: int = 0) -> None:
        """Cells one after the other; what does not fit goes on below, indented."""
        self.row((), (), *[[cell for cell in cells if cell[0]]], indent=indent)

    def block(self, lines: str) -> None:
        """Finished lines, already visible, passed on as they are."""
        block = self.segments([self.segment(lines)])
        self.console.print(block, soft_wrap=True, highlight=False, end="")

    def title(self, name: str, says: str = "") -> None:
        """An empty line, and the name of what follows."""
        self.line()
        self.line((name, "bold"), (f"  {says}" if says else "", ""))

    def row(
        self,
        cells: Sequence[Cell],
        widths: Sequence[int],
        *last: Sequence[Cell],
        indent: int = 1,
    ) -> None:
        """Cells padded to widths (negative: to the right), then paragraphs in the last column."""
        head = self.text(" " * indent)
        for (text, style), width in zip(cells, widths, strict=True):
            shown = visible(text)
            gap = " " * (abs(width) - self.cell_len(shown))
            head.append(gap if width < 0 else "")
            head.append(shown, style)
            head.append(("" if width < 0 else gap) + "  ")
        room = max(MIN_LAST_COLUMN, self.console.width - head.cell_len)
        margin = self.text(" " * head.cell_len)
        for paragraph in last or [()]:
            content = self.text()
            for text, style in paragraph:
                content.append(visible(text), style)
            fits = content.cell_len <= room
            for part in [content] if fits else content.wrap(self.console, room, overflow="fold"):
                whole = self.text.assemble(head, part)
                whole.rstrip()
                self.console.print(whole, soft_wrap=True, highlight=False)
                head = margin

    def rows(
        self,
        header: Sequence[str],
        rows: Iterable[Sequence[Cell]],
        *,
        numbers: Sequence[str],
        cut: bool = False,
        spare: Sequence[str] = (),
        narrow: Sequence[str] = (),
    ) -> None:
        """Rows below a header; the last column wraps, or is cut at the console's edge.

        Where a terminal has no room, ``spare`` columns are left out, then ``narrow`` ones cut.
        """
        lines: list[Sequence[Cell]] = [[(name, "dim") for name in header], *rows]
        if self.console.is_terminal:
            lines = self._fitted(lines, spare, narrow)
        columns = self._widths(lines)[:-1]
        widths = [
            width * (-1 if name in numbers else 1)
            for width, (name, _) in zip(columns, lines[0], strict=False)
        ]
        before = 1 + sum(abs(width) + 2 for width in widths)
        room = max(MIN_LAST_COLUMN, self.console.width - before)
        for line in lines:
            text, style = line[-1]
            last = shortened(visible(text), room) if cut else text
            self.row(line[:-1], widths, [(last, style)])

    def _fitted(
        self, lines: list[Sequence[Cell]], spare: Sequence[str], narrow: Sequence[str]
    ) -> list[Sequence[Cell]]:
        for name in spare:
            if self._over(lines) > 0:
                at = [text for text, _ in lines[0]].index(name)
                lines = [[*line[:at], *line[at + 1 :]] for line in lines]
        for name in narrow:
            if (over := self._over(lines)) > 0:
                at = [text for text, _ in lines[0]].index(name)
                room = max(MIN_LAST_COLUMN, self._widths(lines)[at] - over)
                lines = [
                    [
                        *line[:at],
                        (shortened(visible(line[at][0]), room), line[at][1]),
                        *line[at + 1 :],
                    ]
                    for line in lines
                ]
        return lines

    def _widths(self, lines: Sequence[Sequence[Cell]]) -> list[int]:
        return [
            max(self.cell_len(visible(text)) for text, _ in column)
            for column in zip(*lines, strict=True)
        ]

    def _over(self, lines: Sequence[Sequence[Cell]]) -> int:
        """Columns that the widest line has more than the console."""
        return sum(width + 2 for width in self._widths(lines)) - 1 - self.console.width
