"""XML through one guarded door: bounded in size, depth and elements, without a DTD.

Format: https://www.w3.org/TR/xml/. Elements are named without their namespace's prefix: the
formats read here have one namespace each, which some of their writers leave out.
"""

from collections.abc import Iterator, Mapping
from pyexpat import ExpatError, ParserCreate, XMLParserType
from re import IGNORECASE
from re import compile as regex

from msgspec import Struct

from hullmark.model.errors import ParseError
from hullmark.model.file import File

MAX_BYTES = 16 * 1024 * 1024
"""Five times the largest file of checksums that large Gradle builds keep."""
MAX_MARKS = 1_000_000
"""Of ``<``, ``=`` and ``&``: each makes an element, an attribute or an event, 250 bytes at most."""
MAX_DEPTH = 100
"""Settings of plugins in a project file nest some ten deep."""

MAX_STREAM_BYTES = 512 * 1024 * 1024
"""Of a document that is read element by element: twice the largest of OVAL definitions."""

_CHUNK_BYTES = 1024 * 1024
"""Parsed at once, so that a refused document is left early."""
_MAX_QUIET_CHUNKS = 2
"""Without any event: one tag, whose attributes are all held at once."""
_ENCODINGS = frozenset(("utf-8", "utf-16", "iso-8859-1", "us-ascii"))
"""Known to expat itself; for any other Python would import a codec, late and from disk."""
_LIKE_LATIN = regex(
    rb"<\?xml[^>]{1,100}encoding=[\"'](?:windows-125|cp125|iso-8859-|latin|ascii)", IGNORECASE
).match
"""Encodings that differ from ISO 8859-1 in letters of names of people only."""
_NO_ATTRIBUTES: Mapping[str, str] = {}


class Element(Struct, gc=False):
    """One element; ``text`` is stripped, and empty where there are elements inside."""

    name: str
    attributes: Mapping[str, str] = _NO_ATTRIBUTES
    children: "list[Element]" = []
    text: str = ""

    def every(self, *names: str) -> "Iterator[Element]":
        """Elements at this path below, in order: ``every("dependencies", "dependency")``."""
        *outer, last = names
        holders = [self]
        for name in outer:
            holders = [child for each in holders for child in each.children if child.name == name]
        return (child for each in holders for child in each.children if child.name == last)

    def find(self, *names: str) -> "Element | None":
        """The first element at this path below."""
        return next(self.every(*names), None)

    def said(self, *names: str) -> str:
        """Text of the first element at this path below; empty when there is none."""
        found = self.find(*names)
        return found.text if found else ""


def elements(file: File, outermost: str, *names: str) -> Iterator[Element]:
    """Elements of these names wherever they stand in a large document, one at a time.

    Each is bounded as ``root`` bounds a document. ``ParseError`` for another root element.
    """
    if file.size > MAX_STREAM_BYTES:
        why = f"{file.size} bytes are more than the {MAX_STREAM_BYTES} that are read as XML"
        raise ParseError(file.path, why)
    try:
        yield from _Pieces(outermost, frozenset(names)).read(file)
    except (_Refused, ExpatError) as error:
        raise ParseError(file.path, f"not the XML expected: {error}") from error


class _Refused(Exception):  # noqa: N818 - leaves expat's handlers, and then this module as ours
    """Why a document is not read on."""


def root(file: File, *names: str) -> Element:
    """The root element, one of ``names``; ``ParseError`` for anything else.

    A document type without declarations of its own is allowed, and never fetched. Entities
    other than XML's five read as U+FFFD.
    """
    data = file.data
    if len(data) > MAX_BYTES:
        why = f"{len(data)} bytes are more than the {MAX_BYTES} that are read as XML"
        raise ParseError(file.path, why)
    if sum(map(data.count, (b"<", b"=", b"&"))) > MAX_MARKS:
        raise ParseError(file.path, "has too many elements and attributes")
    try:
        found = _Builder().build(data)
    except (_Refused, ExpatError) as error:
        raise ParseError(file.path, f"not the XML expected: {error}") from error
    if found.name not in names:
        raise ParseError(file.path, f"the root element is {found.name[:100]!r}, not {names[0]!r}")
    return found


class _Builder:
    """Elements from expat's events."""

    def __init__(self) -> None:
        self.top = Element("")
        self.open = [self.top]
        self.texts: list[str] = []

    def build(self, data: bytes) -> Element:
        """The root element."""
        parser = self.parser(data)
        for at in range(0, len(data), _CHUNK_BYTES):
            parser.Parse(data[at : at + _CHUNK_BYTES])
        parser.Parse(b"", True)  # noqa: FBT003 - expat's own signature
        if not self.top.children:
            raise _Refused("has no root element")
        return self.top.children[0]

    def parser(self, data: bytes) -> XMLParserType:
        """A parser for a document that begins so."""
        latin = _LIKE_LATIN(data) is not None
        parser = ParserCreate("iso-8859-1" if latin else None)
        parser.buffer_text = True
        parser.specified_attributes = True
        parser.UseForeignDTD(True)  # noqa: FBT003 - makes an unknown entity an event, not an error
        parser.XmlDeclHandler = None if latin else _declared
        parser.StartDoctypeDeclHandler = _doctype
        parser.SkippedEntityHandler = self.skipped
        parser.StartElementHandler = self.start
        parser.EndElementHandler = self.end
        parser.CharacterDataHandler = self.said
        return parser

    def start(self, name: str, attributes: dict[str, str]) -> None:
        if len(self.open) > MAX_DEPTH:
            raise _Refused(f"elements nest more than {MAX_DEPTH} deep")
        element = Element(name.rpartition(":")[2], attributes or _NO_ATTRIBUTES)
        holder = self.open[-1]
        if holder.children:
            holder.children.append(element)
        else:
            holder.children = [element]
        self.open.append(element)
        self.texts.clear()

    def end(self, _: str) -> None:
        element = self.open.pop()
        if not element.children:
            element.text = "".join(self.texts).strip()
        self.texts.clear()

    def said(self, text: str) -> None:
        self.texts.append(text)

    def skipped(self, _: str, is_parameter: bool) -> None:  # noqa: FBT001 - expat's signature
        if not is_parameter:
            self.texts.append("\ufffd")


class _Pieces(_Builder):
    """Wanted elements, each let go once it was yielded; what stands around them is not kept."""

    def __init__(self, outermost: str, names: frozenset[str]) -> None:
        super().__init__()
        self.outermost = outermost
        self.names = names
        self.ready: list[Element] = []
        self.around = 0
        self.events = self.marks = self.letters = 0

    def read(self, file: File) -> Iterator[Element]:
        """All of a document, in chunks."""
        parser = self.parser(file.read(0, _CHUNK_BYTES))
        quiet = 0
        for at in range(0, file.size, _CHUNK_BYTES):
            before = self.events
            parser.Parse(file.read(at, _CHUNK_BYTES))
            quiet = 0 if self.events > before else quiet + 1
            if quiet > _MAX_QUIET_CHUNKS:
                raise _Refused(f"one tag has more than {quiet * _CHUNK_BYTES} bytes")
            yield from self.ready
            self.ready.clear()
        parser.Parse(b"", True)  # noqa: FBT003 - expat's own signature

    def start(self, name: str, attributes: dict[str, str]) -> None:
        super().start(name, attributes)
        self.events += 1
        element = self.open[-1]
        if len(self.open) == 2 and element.name != self.outermost:  # noqa: PLR2004 - top and root
            raise _Refused(f"the root element is {element.name[:100]!r}, not {self.outermost!r}")
        if not self.around and element.name in self.names:
            self.around = len(self.open)
            self.marks = self.letters = 0
        self.marks += 1 + len(attributes)
        if self.around and self.marks > MAX_MARKS:
            raise _Refused(f"an element {self.open[self.around - 1].name} has too many inside")

    def end(self, name: str) -> None:
        element, depth = self.open[-1], len(self.open)
        super().end(name)
        self.events += 1
        if depth == self.around:
            self.ready.append(element)
            self.around = 0
        if not self.around:
            self.open[-1].children.pop()

    def said(self, text: str) -> None:
        self.events += 1
        if not self.around:
            return
        self.letters += len(text)
        if self.letters > MAX_BYTES:
            raise _Refused(f"an element {self.open[self.around - 1].name} has too much text")
        super().said(text)


def _declared(_: str, encoding: str | None, __: int) -> None:
    if encoding and encoding.lower() not in _ENCODINGS:
        raise _Refused(f"encoding {encoding[:40]!r} is none that is read")


def _doctype(_: str, __: str | None, ___: str | None, has_declarations: int) -> None:
    if has_declarations:
        raise _Refused("declares its own document type")
