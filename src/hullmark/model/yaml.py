"""YAML through one guarded door: bounded in size, depth and aliases.

Values are built from the C parser's events: composing is recursive in C and dies on deep nesting.
Scalars resolve by the core schema of YAML 1.2 (https://yaml.org/spec/1.2.2/#103-core-schema),
so ``on``, ``no`` and ``12:30`` stay text.
"""

from collections.abc import Iterator
from re import compile as regex
from typing import TypeVar

import msgspec
import yaml
from yaml._yaml import CParser

from hullmark.model.documents import MAX_DOCUMENT_BYTES, DocumentError, bounded, first_line

Shape = TypeVar("Shape")

MAX_DEPTH = 100
MAX_NODES = 2_000_000
"""Aliases count each time they are used, so that an alias bomb ends here."""

IN_LIST = 2
"""Depth of what is in a list that the topmost mapping holds."""

_INT = regex(r"[-+]?[0-9]+\Z|0o[0-7]+\Z|0x[0-9a-fA-F]+\Z").match
_FLOAT = regex(r"[-+]?(\.[0-9]+|[0-9]+(\.[0-9]*)?)([eE][-+]?[0-9]+)?\Z").match
_WORDS: dict[str, object] = {
    **dict.fromkeys(("", "~", "null", "Null", "NULL")),
    **dict.fromkeys(("true", "True", "TRUE"), True),
    **dict.fromkeys(("false", "False", "FALSE"), False),
}
MAX_NUMBER_CHARS = 300
"""Longer digits stay text: converting them is quadratic."""


def decode_all(data: bytes) -> Iterator[object]:
    """Every document of a YAML stream as dicts, lists and scalars; all keys are text."""
    bounded(data, MAX_DOCUMENT_BYTES)
    try:
        yield from Builder(data).documents()
    except (yaml.YAMLError, UnicodeDecodeError) as error:
        raise DocumentError(f"not YAML: {first_line(error)}{_place(error)}") from error


def _place(error: Exception) -> str:
    mark = getattr(error, "problem_mark", None)
    return f", line {mark.line + 1}" if mark else ""


def decode(data: bytes, shape: type[Shape]) -> Shape:
    """The first document of a YAML stream, converted to this shape."""
    document = next(decode_all(data), None)
    try:
        return msgspec.convert(document, shape, strict=False)
    except (msgspec.ValidationError, RecursionError) as error:
        raise DocumentError(f"not the YAML expected: {first_line(error)}") from error


def item_lines(data: bytes) -> dict[tuple[str, int], int]:
    """The line of each item of each list right below the top, by its key and number.

    Lines count from 1, items from 0. For bytes that ``decode`` has accepted.
    """
    lines: dict[tuple[str, int], int] = {}
    depth = place = item = 0
    key = ""
    for event in yaml.parse(data, Loader=yaml.CLoader):
        if isinstance(event, yaml.DocumentEndEvent):
            break
        is_end = isinstance(event, (yaml.MappingEndEvent, yaml.SequenceEndEvent))
        depth -= is_end
        if isinstance(event, yaml.NodeEvent):
            if depth == 1:
                if not place % 2:
                    key = event.value if isinstance(event, yaml.ScalarEvent) else ""
                place, item = place + 1, 0
            elif depth == IN_LIST:
                lines[key, item] = event.start_mark.line + 1 if event.start_mark else 0
                item += 1
        depth += isinstance(event, (yaml.MappingStartEvent, yaml.SequenceStartEvent))
    return lines


def scalar(text: str) -> object:
    """A plain scalar by the core schema: null, boolean, integer, float, else text."""
    if text in _WORDS:
        return _WORDS[text]
    if len(text) <= MAX_NUMBER_CHARS:
        if _INT(text):
            return int(text, 0 if text[:2] in ("0o", "0x") else 10)
        if _FLOAT(text):
            return float(text)
    return text


class Builder:
    """Values from YAML events, without recursion."""

    def __init__(self, data: bytes) -> None:
        self.events = CParser(data)
        self.anchors: dict[str, tuple[object, int]] = {}
        self.nodes = 0

    def documents(self) -> Iterator[object]:
        """One value for each document."""
        try:
            while not self.events.check_event(yaml.StreamEndEvent):
                if self.events.check_event(yaml.DocumentStartEvent):
                    self.events.get_event()
                    self.anchors = {}
                    yield self.value()
                else:
                    self.events.get_event()
        finally:
            self.events.dispose()

    def value(self) -> object:
        """The node that begins at the next event, and all below it."""
        stack: list[tuple[object, list[object], str | None, int]] = []
        while True:
            event = self.events.get_event()
            self.count(1)
            if isinstance(event, (yaml.MappingStartEvent, yaml.SequenceStartEvent)):
                if len(stack) >= MAX_DEPTH:
                    raise DocumentError(f"nested deeper than {MAX_DEPTH}")
                stack.append((event, [], event.anchor, self.nodes))
                continue
            if isinstance(event, (yaml.MappingEndEvent, yaml.SequenceEndEvent)):
                start, items, anchor, before = stack.pop()
                done: object = items
                if isinstance(start, yaml.MappingStartEvent):
                    done = _mapping(items)
                self.name(anchor, done, self.nodes - before)
            elif isinstance(event, yaml.AliasEvent):
                done, weight = self.anchors.get(event.anchor or "", (None, 0))
                self.count(weight)
            elif isinstance(event, yaml.ScalarEvent):
                done = scalar(event.value) if event.implicit[0] else event.value
                self.name(event.anchor, done, 1)
            else:
                raise DocumentError("ends in the middle of a value")
            if not stack:
                return done
            stack[-1][1].append(done)

    def name(self, anchor: str | None, value: object, weight: int) -> None:
        """Remember an anchor, and how many nodes an alias to it stands for."""
        if anchor is not None:
            self.anchors[anchor] = (value, weight)

    def count(self, nodes: int) -> None:
        """Refuse a document that grows beyond its bound."""
        self.nodes += nodes
        if self.nodes > MAX_NODES:
            raise DocumentError(f"more than {MAX_NODES} nodes")


def _mapping(items: list[object]) -> dict[str, object]:
    """Pairs to a dict; merge keys give way to the mapping's own (YAML 1.1 merge type)."""
    own: dict[str, object] = {}
    merged: dict[str, object] = {}
    for key, value in zip(items[::2], items[1::2], strict=True):
        if key == "<<":
            for source in value if isinstance(value, list) else [value]:
                if isinstance(source, dict):
                    merged = {**source, **merged}
        else:
            own[key if isinstance(key, str) else _key(key)] = value
    return {**merged, **own} if merged else own


def _key(key: object) -> str:
    """A key that is no text, as JSON would write it."""
    return str(msgspec.json.encode(key), "utf-8")
