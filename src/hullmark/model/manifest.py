"""Kubernetes manifests: streams of documents, each read once for all who ask, and for itself.

One that is no YAML costs itself alone, as with ``kubectl``, which cuts a stream before it reads.
"""

from collections.abc import Sequence
from contextlib import suppress
from json import JSONDecoder
from re import MULTILINE
from re import compile as regex

from hullmark.model.documents import DocumentError
from hullmark.model.placed import keyed_documents, of_kubernetes

MAX_MANIFEST_BYTES = 16 * 1024 * 1024
"""Ours: bundles of whole operators, mostly schemas, have up to 3 MB."""

MAX_OBJECTS = 100_000
"""Ours, of JSON one after the other; what follows is told as what is no YAML."""

TEMPLATE = b"{{"
UNRENDERED = "a template, which can be judged once it is rendered"

_UTF_16 = (b"\xff\xfe", b"\xfe\xff")
_marker = regex(rb"^---(?=[ \t\r\n]|\Z)", MULTILINE).finditer
_another = regex(rb"\}\s*\{").search
"""What stands between objects of JSON one after the other, which ``kubectl`` reads as well."""

_blank = regex(r"\s*").match
_directive = regex(rb"^%", MULTILINE).search


class Piece:
    """One document of a stream: its bytes, and ``line``, the lines before it."""

    __slots__ = ("_error", "_keys", "_values", "data", "line")

    def __init__(self, data: bytes, line: int) -> None:
        self.data = data
        self.line = line
        self._values: list[object] | None = None
        self._keys: set[str] = set()
        self._error: DocumentError | None = None

    @property
    def error(self) -> str:
        """Why it could not be read to its end; empty where it could."""
        self._read()
        if self._error is None:
            return ""
        return UNRENDERED if TEMPLATE in self.data else str(self._error)

    @property
    def values(self) -> list[object]:
        """What it holds, with lines: one value, as a rule."""
        return self._read()

    @property
    def keys(self) -> set[str]:
        """Keys of all its mappings."""
        self._read()
        return self._keys

    def _read(self) -> list[object]:
        if self._values is None:
            self._values = []
            try:
                for value, keys in keyed_documents(self.data, of_kubernetes, self.line):
                    self._values.append(value)
                    self._keys |= keys
            except DocumentError as error:
                self._error = error
        return self._values


def pieces(data: bytes) -> Sequence[Piece]:
    """The documents of a stream; those of the last stream again, for who asks next."""
    if _last.data is not data:
        _last.data, _last.pieces = data, _cut(data)
    return _last.pieces


class _Last:
    """The stream that was asked for last."""

    def __init__(self) -> None:
        self.data = b""
        self.pieces: Sequence[Piece] = ()


_last = _Last()


def is_wide(data: bytes) -> bool:
    """Whether it is UTF-16, by its byte order mark."""
    return data.startswith(_UTF_16)


def _cut(data: bytes) -> list[Piece]:
    """A stream by its documents; whole, where directives belong to several, or it is UTF-16."""
    if data[:1] == b"{" and _another(data):
        return _objects(data)
    if b"---" not in data or is_wide(data) or _directive(data):
        return [Piece(data, 0)]
    starts = [found.start() for found in _marker(data)]
    if not starts or data[: starts[0]].strip(b"\xef\xbb\xbf \t\r\n"):
        starts.insert(0, 0)
    found, line, before = [], 0, 0
    for start, end in zip(starts, [*starts[1:], len(data)], strict=True):
        line += data.count(b"\n", before, start)
        before = start
        found.append(Piece(data[start:end], line))
    return found


def _objects(data: bytes) -> list[Piece]:
    """Objects of JSON one after the other; the rest from where it is none as one piece."""
    found, at, line = list[Piece](), 0, 0
    text = data.decode(errors="replace")
    decoder = JSONDecoder()
    while at < len(text):
        end = len(text)
        if len(found) < MAX_OBJECTS:
            with suppress(ValueError, RecursionError):  # what is no JSON is told by who reads it
                end = decoder.raw_decode(text, at)[1]
        following = _blank(text, end)
        following_at = following.end() if following else end
        found.append(Piece(text[at:end].encode(errors="replace"), line))
        line += text.count("\n", at, following_at)
        at = following_at
    return found
