"""Values written as YAML, in the way in which the file around them is written."""

from collections import deque
from collections.abc import Iterator
from json import dumps
from re import ASCII
from re import compile as regex

from msgspec import Struct

from hullmark.model.placed import of_kubernetes
from hullmark.model.yaml import scalar
from hullmark.model.yaml_nodes import MAPPING, SEQUENCE, Node

USUAL_STEP = 2
"""Columns between a mapping and what it holds, where a file shows none."""

_plain = regex(r"[A-Za-z_/.][A-Za-z0-9_./$@%+=-]*(?::[A-Za-z0-9_./-]+)*\Z", ASCII).match


class Layout(Struct, frozen=True, kw_only=True):
    """How a file is written.

    ``step`` is by how many columns a mapping in a mapping is set off, ``dash`` by how many the
    signs of a list are.
    """

    eol: str
    step: int
    dash: int
    is_json: bool

    def block(self, value: object, column: int) -> list[str]:
        """The lines of a mapping or list, each set off by ``column``, without their ends."""
        pad = " " * column
        if isinstance(value, dict):
            return [line for key, inner in value.items() for line in self._pair(key, inner, column)]
        if isinstance(value, list):
            return [line for each in value for line in self._entry(each, column)]
        return [pad + self.flow(value)]

    def flow(self, value: object, *, quoted: bool = False, style: str = "") -> str:
        """A value in one line; texts in quotes where they are asked for or needed."""
        if value is None or isinstance(value, bool | int | float):
            return dumps(value)
        if isinstance(value, dict):
            inner = (self.flow_pair(key, each, quoted=quoted) for key, each in value.items())
            return "{" + ", ".join(inner) + "}"
        if isinstance(value, list):
            return "[" + ", ".join(self.flow(each, quoted=quoted) for each in value) + "]"
        return _text(str(value), style='"' if quoted else style)

    def flow_pair(self, key: str, value: object, *, quoted: bool = False) -> str:
        """A key and its value in one line."""
        return f"{self.flow(key, quoted=quoted)}: {self.flow(value, quoted=quoted)}"

    def _pair(self, key: str, value: object, column: int) -> Iterator[str]:
        pad = " " * column
        if not isinstance(value, dict | list) or not value:
            yield pad + self.flow_pair(key, value)
            return
        yield f"{pad}{self.flow(key)}:"
        by = self.step if isinstance(value, dict) else self.dash
        yield from self.block(value, column + by)

    def _entry(self, value: object, column: int) -> Iterator[str]:
        pad = " " * column
        if not isinstance(value, dict) or not value:
            yield f"{pad}- {self.flow(value)}"
            return
        first, *rest = self.block(value, column + 2)
        yield f"{pad}- {first.lstrip(' ')}"
        yield from rest


def _text(text: str, style: str) -> str:
    if style == "'" and "'" not in text and text.isprintable():
        return f"'{text}'"
    is_text = scalar(text) == of_kubernetes(text) == text
    if style == '"' or not is_text or not _plain(text):
        return dumps(text)
    return text


def layout_of(text: str, roots: list[Node]) -> Layout:
    """How a file is written, by the first list and mapping of the first of these that has such."""
    first = text.find("\n")
    step = dash = -1
    todo = deque(root for root in roots if not root.flow)
    while todo and (step < 0 or dash < 0):
        node = todo.popleft()
        for key, value in node.pairs:
            by = _column(text, value.start) - _column(text, key.start)
            if value.flow or value.marked or key.marked:
                continue
            if value.kind == MAPPING and step < 0 and by > 0:
                step = by
            if value.kind == SEQUENCE and dash < 0 and by >= 0:
                dash = by
        todo.extendleft(reversed([each for _, each in node.pairs] + node.items))
    step = step if step > 0 else USUAL_STEP
    return Layout(
        eol="\r\n" if first > 0 and text[first - 1] == "\r" else "\n",
        step=step,
        dash=dash if dash >= 0 else step,
        is_json=bool(roots) and roots[0].flow and text.lstrip()[:1] in ("{", "["),
    )


def _column(text: str, place: int) -> int:
    return place - text.rfind("\n", 0, place) - 1
