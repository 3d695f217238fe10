"""YAML and JSON with the line of everything, for those who must say where a fault is.

Bounded as ``model/yaml.py`` is, by the same events. Scalars resolve as a dialect has them:
Kubernetes reads YAML 1.1's words for booleans (https://yaml.org/type/bool.html), compose and
workflows the core schema of YAML 1.2.
"""

from base64 import b64decode
from collections.abc import Callable, Iterator
from functools import lru_cache
from re import compile as regex
from types import MappingProxyType
from typing import Any, NoReturn, Self

import yaml

from hullmark.model.documents import MAX_DOCUMENT_BYTES, DocumentError, bounded, first_line
from hullmark.model.yaml import MAX_DEPTH, MAX_NODES, Builder, scalar

Resolve = Callable[[str], object]

ORIGIN_BITS = 32
"""A line may say which of several files it is of: the file's number stands above these bits."""

RESET = "!reset"
"""The tag of compose by which a value is to be as if nobody had given it."""

_BLOCKS = ("|", ">")

_WORDS_OF_11: dict[str, bool] = {
    **dict.fromkeys(("y", "Y", "yes", "Yes", "YES", "on", "On", "ON"), True),
    **dict.fromkeys(("n", "N", "no", "No", "NO", "off", "Off", "OFF"), False),
}


_CORE = "tag:yaml.org,2002:"
_RESOLVED = tuple(_CORE + each for each in ("bool", "int", "float", "null"))

_number = regex(r"[-+]?(?:0[bB][01_]+|0[xX][0-9a-fA-F_]+|0[oO]?[0-7_]+|[0-9][0-9_]*)\Z").match
_MAX_NUMBER_CHARS = 80
_NUMBERS = (int, float)

_met: dict[str, object] = {}
MAX_MET = 10_000
MAX_MET_CHARS = 80
"""Of scalars that are remembered as they were resolved."""


class Map(dict[str, object]):
    """A mapping that knows its own line and those of its keys; all lines count from 1."""

    __slots__ = ("line", "lines")

    def __init__(self, line: int = 0, lines: dict[str, int] | None = None) -> None:
        self.line = line
        self.lines = {} if lines is None else lines

    def line_of(self, key: str) -> int:
        """The line of a key, or of the mapping where it has no such key."""
        return self.lines.get(key, self.line)

    def map(self, key: str) -> "Map":
        """The mapping under a key; an empty one, at this line, where there is none.

        That is for reading alone, as is the list of ``items_of``: others get the same.
        """
        found = self.get(key)
        if type(found) is Map:
            return found
        return _no_map(self.lines.get(key, self.line))

    def items_of(self, key: str) -> "Items":
        """The list under a key; an empty one where there is none."""
        found = self.get(key)
        if type(found) is Items:
            return found
        return _no_items(self.lines.get(key, self.line))

    def maps(self, key: str) -> "list[Map]":
        """Those entries of the list under a key that are mappings."""
        return [each for each in self.items_of(key) if isinstance(each, Map)]

    def text(self, key: str) -> str:
        """The text or number under a key, as text; empty where it is neither."""
        found = self.get(key)
        if found is None:
            return ""
        if isinstance(found, str):
            return found
        return str(found) if isinstance(found, _NUMBERS) and not isinstance(found, bool) else ""

    def texts(self, key: str) -> list[str]:
        """Those entries of the list under a key that are texts; a text alone is a list of it."""
        found = self.get(key)
        if isinstance(found, str):
            return [found]
        return [each for each in self.items_of(key) if isinstance(each, str)]

    def flag(self, key: str) -> bool | None:
        """The boolean under a key, ``None`` where it is not given or is none."""
        found = self.get(key)
        return found if isinstance(found, bool) else None

    def number(self, key: str) -> int | None:
        """The integer under a key, ``None`` where it is not given or is none; ``1.0`` is one."""
        found = self.get(key)
        if isinstance(found, float) and found.is_integer():
            return int(found)
        return found if isinstance(found, int) and not isinstance(found, bool) else None


class Block(str):
    """The text of a block scalar (``|`` or ``>``), with the line that it begins on.

    ``folded`` says that its lines were joined, so that they cannot be counted from there.
    """

    __slots__ = ("folded", "line")

    line: int
    folded: bool

    def __new__(cls, text: str, line: int, *, folded: bool) -> Self:
        """The text as it was read."""
        made = super().__new__(cls, text)
        made.line = line
        made.folded = folded
        return made


class Tagged:
    """A value with the tag that it bears (``!reset``)."""

    __slots__ = ("tag", "value")

    def __init__(self, tag: str, value: object) -> None:
        self.tag = tag
        self.value = value


class Items(list[object]):
    """A list that knows its own line and those of its entries."""

    __slots__ = ("line", "lines")

    def __init__(self, line: int = 0) -> None:
        self.line = line
        self.lines: list[int] = []

    def line_of(self, index: int) -> int:
        """The line of an entry."""
        return self.lines[index] if index < len(self.lines) else self.line


def _refused(*_: object, **_named: object) -> NoReturn:
    raise TypeError("what is not there is for reading alone")


class _NoMap(Map):
    __slots__ = ()
    __setitem__ = setdefault = update = __ior__ = _refused


class _NoItems(Items):
    __slots__ = ()
    append = extend = insert = __iadd__ = _refused


@lru_cache(maxsize=4096)
def _no_map(line: int) -> Map:
    return _NoMap(line, MappingProxyType({}))  # type: ignore[arg-type]  # refuses as well


@lru_cache(maxsize=4096)
def _no_items(line: int) -> Items:
    return _NoItems(line)


def of_kubernetes(text: str) -> object:
    """A plain scalar as Kubernetes reads it; words are mostly ones that were met before."""
    found = _met.get(text, _met)
    if found is _met:
        found = _of_kubernetes(text)
        if len(_met) >= MAX_MET:
            _met.clear()
        if len(text) <= MAX_MET_CHARS:
            _met[text] = found
    return found


def _of_kubernetes(text: str) -> object:
    if text in _WORDS_OF_11:
        return _WORDS_OF_11[text]
    found = scalar(text)
    if type(found) is str and len(text) <= _MAX_NUMBER_CHARS and _number(text):
        try:
            return int(text.replace("_", ""), 0)
        except ValueError:
            return text
    return found


def line_in_file(line: int) -> int:
    """A line without the number of its file."""
    return line & ((1 << ORIGIN_BITS) - 1)


def documents(
    data: bytes, resolve: Resolve = scalar, *, first: int = 0, keep: tuple[str, ...] = ()
) -> Iterator[object]:
    """Every document of a stream; ``DocumentError`` names the line where it breaks off.

    ``first`` is added to all lines. What bears a tag of ``keep`` becomes ``Tagged``.
    """
    return (value for value, _ in keyed_documents(data, resolve, first, keep))


def keyed_documents(
    data: bytes, resolve: Resolve = scalar, line: int = 0, keep: tuple[str, ...] = ()
) -> Iterator[tuple[object, set[str]]]:
    """Every document with the keys of all its mappings; ``line`` lines stand before the stream.

    What bears a tag of ``keep`` becomes ``Tagged``. Raises ``DocumentError``, which names the
    line where it breaks off.
    """
    bounded(data, MAX_DOCUMENT_BYTES)
    placing = _Placing(data, resolve, line, keep)
    try:
        for value in placing.documents():
            yield value, placing.keys
            placing.keys = set()
    except (yaml.YAMLError, UnicodeDecodeError) as error:
        raise DocumentError(f"not YAML: {first_line(error)}{_place(error, line)}") from error


def _place(error: Exception, line: int) -> str:
    mark = getattr(error, "problem_mark", None)
    return _at(mark.line + 1 + line) if mark else ""


class _Open:
    """A mapping or list that has begun and not ended."""

    __slots__ = ("anchor", "before", "done", "key", "key_line", "merged", "tag")

    def __init__(self, done: Map | Items, anchor: str | None, before: int, tag: str | None) -> None:
        self.done = done
        self.anchor = anchor
        self.before = before
        self.tag = tag
        self.key: str | None = None
        self.key_line = 0
        self.merged: list[Map] = []


class _Placing(Builder):
    """Values with their lines from YAML events, without recursion."""

    def __init__(self, data: bytes, resolve: Resolve, line: int, keep: tuple[str, ...]) -> None:
        super().__init__(data)
        self.resolve = resolve
        self.before = line + 1
        self.keep = keep
        self.keys: set[str] = set()

    def value(self) -> object:  # noqa: C901, PLR0912 - calls would cost as much as what they do
        """The node that begins at the next event, and all below it."""
        stack: list[_Open] = []
        get_event, resolve, keys, before, keep = (
            self.events.get_event,
            self.resolve,
            self.keys,
            self.before,
            self.keep,
        )
        while True:
            event: Any = get_event()
            self.nodes += 1
            if self.nodes > MAX_NODES:
                self.count(0)
            line = event.start_mark.line + before
            done: object
            kind = type(event)
            if kind is yaml.ScalarEvent:
                text = event.value
                done = resolve(text) if event.implicit[0] else _tagged(text, event.tag, resolve)
                if event.style in _BLOCKS:
                    done = Block(event.value, line + 1, folded=event.style == ">")
                done = done if not keep or event.tag not in keep else Tagged(event.tag, done)
                if event.anchor is not None:
                    self.name(event.anchor, done, 1)
            elif kind is yaml.MappingStartEvent or kind is yaml.SequenceStartEvent:
                if len(stack) >= MAX_DEPTH:
                    raise DocumentError(f"nested deeper than {MAX_DEPTH}{_at(line)}")
                fresh = Map(line) if kind is yaml.MappingStartEvent else Items(line)
                stack.append(_Open(fresh, event.anchor, self.nodes, event.tag))
                continue
            elif kind is yaml.MappingEndEvent or kind is yaml.SequenceEndEvent:
                ended = stack.pop()
                done = _merged(ended)
                line = ended.done.line
                done = done if not keep or ended.tag not in keep else Tagged(ended.tag or "", done)
                self.name(ended.anchor, done, self.nodes - ended.before)
            elif kind is yaml.AliasEvent:
                done, weight = self.anchors.get(event.anchor or "", (None, 0))
                self.count(weight)
            else:
                raise DocumentError(f"ends in the middle of a value{_at(line)}")
            if not stack:
                return done
            into = stack[-1]
            if into.key is None and type(into.done) is Map and type(done) is str:
                keys.add(done)
                into.key = done
                into.key_line = line
            else:
                _put(into, done, line)
                if into.key is not None:
                    keys.add(into.key)


def _at(line: int) -> str:
    return f", line {line_in_file(line)}"


def _tagged(text: str, tag: str | None, resolve: Resolve) -> object:
    """A scalar by the type that it names (``!!bool "true"``), or as text where it names none."""
    if tag in _RESOLVED:
        return resolve(text)
    if tag == f"{_CORE}binary":
        try:
            return b64decode(text, validate=False).decode()
        except ValueError:
            return text
    return text


def _put(into: _Open, value: object, line: int) -> None:
    """Give a mapping its next key or value, or a list its next entry."""
    done = into.done
    if isinstance(done, Items):
        done.append(value)
        done.lines.append(line)
    elif into.key is None:
        if isinstance(value, Map | Items | Tagged):
            raise DocumentError(f"a key is no text{_at(line)}")
        into.key = value if isinstance(value, str) else _key(value)
        into.key_line = line
    else:
        if into.key == "<<":
            sources = value if isinstance(value, Items) else [value]
            into.merged += [each for each in sources if isinstance(each, Map)]
        else:
            done[into.key] = value
            done.lines[into.key] = into.key_line
        into.key = None


def _merged(ended: _Open) -> Map | Items:
    """A mapping with what its merge keys add; its own keys go first."""
    done = ended.done
    for source in ended.merged:
        for key, value in source.items():
            if isinstance(done, Map) and key not in done:
                done[key] = value
                done.lines[key] = source.line_of(key)
    return done


def _key(key: object) -> str:
    """A key that is no text, as JSON would write it."""
    words = {True: "true", False: "false", None: "null"}
    return words[key] if isinstance(key, bool) or key is None else str(key)
