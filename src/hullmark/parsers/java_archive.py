"""Java archives: the libraries in a jar, a war or their like, and in the archives inside.

Formats: https://docs.oracle.com/en/java/javase/21/docs/specs/jar/jar.html and
https://maven.apache.org/shared/maven-archiver/.
"""

from base64 import b64decode
from collections.abc import Iterable, Iterator

from hullmark.licences import recognise, spdx
from hullmark.model import Content, File, Package, ParseError, maven
from hullmark.model.maven import Coordinates
from hullmark.model.ziparchive import Entry, content, directory, entries, first_bytes
from hullmark.unit import parser

ENDINGS = ("jar", "war", "ear", "par", "sar", "nar", "kar", "jpi", "hpi", "lpkg")

MAX_DEPTH = 6
"""An ear with a war with a jar that holds jars makes four."""
MAX_ARCHIVES = 10_000
"""Nested in one file; large application servers ship some 1,000."""
MAX_TEXTS = 100_000
"""Manifests and records in one file: ten for each archive."""
MAX_HELD_BYTES = 256 * 1024 * 1024
"""Of compressed archives inside one another: they are unpacked in memory."""
MAX_UNPACKED_BYTES = 1024 * 1024 * 1024
"""Of one file in all, directories included: some ten seconds of work."""
MAX_NAME_BYTES = 4096
"""Of an entry: as long as Linux lets a path be."""
MAX_PROPERTIES_BYTES = 16 * 1024
"""Maven writes five lines."""
MAX_TEXT_BYTES = 1024 * 1024
"""Of a manifest or project file; what is wanted of longer ones stands before."""

MAX_LICENCE_BYTES = 64 * 1024
"""The longest of well-known licences, with its appendices, has 35 KB."""

_LICENCES = tuple(
    f"{folder}{stem}{ending}".encode()
    for folder in ("META-INF/", "")
    for stem in ("LICENSE", "LICENCE", "License", "license")
    for ending in ("", ".txt", ".md")
)
"""Whole texts, which most jars that Maven builds carry along."""

_LAST_FOUR = frozenset(
    (
        b"T.MF",
        b"ties",
        b".xml",
        *(name[-4:] for name in _LICENCES),
        *(f".{end}".encode()[-4:] for end in ENDINGS),
    )
)
_NESTED = tuple(f".{ending}".encode() for ending in ENDINGS)

_EXAMPLE = """
UEsDBBQAAAAIAAAAIQBVSnAuOwAAAFkAAAAUAAAATUVUQS1JTkYvTUFOSUZFU1QuTUbzTczLTEstLtENSy0qzszPs1Iw1DPg
8swtyEnNTc0rSSwBihGQy0vJL9L1TLFSyC9K10utSATJc3EBAFBLAwQUAAAAAAAAACEA6HXzBusAAADrAAAAGAAAAEJPT1Qt
SU5GL2xpYi9saWItMi4xLmphclBLAwQUAAAAAAAAACEAonAhHi8AAAAvAAAALQAAAE1FVEEtSU5GL21hdmVuL29yZy5leGFt
cGxlL2xpYi9wb20ucHJvcGVydGllc2dyb3VwSWQ9b3JnLmV4YW1wbGUKYXJ0aWZhY3RJZD1saWIKdmVyc2lvbj0yLjEKUEsB
AhQAFAAAAAAAAAAhAKJwIR4vAAAALwAAAC0AAAAAAAAAAAAAAIABAAAAAE1FVEEtSU5GL21hdmVuL29yZy5leGFtcGxlL2xp
Yi9wb20ucHJvcGVydGllc1BLBQYAAAAAAQABAFsAAAB6AAAAAABQSwECFAAUAAAACAAAACEAVUpwLjsAAABZAAAAFAAAAAAA
AAAAAAAAgAEAAAAATUVUQS1JTkYvTUFOSUZFU1QuTUZQSwECFAAUAAAAAAAAACEA6HXzBusAAADrAAAAGAAAAAAAAAAAAAAA
gAFtAAAAQk9PVC1JTkYvbGliL2xpYi0yLjEuamFyUEsFBgAAAAACAAIAiAAAAI4BAAAAAA==
"""


class _Contents:
    """What one archive holds, as far as it is wanted; records by their folder."""

    def __init__(self) -> None:
        self.manifest: dict[str, str] = {}
        self.records: dict[bytes, Coordinates] = {}
        self.licences: dict[bytes, tuple[str, ...]] = {}
        self.nested: list[Entry] = []
        self.text: Entry | None = None
        self.classes = False


class _Reading:
    """What may still be unpacked of one file, and what could not be read of it."""

    def __init__(self) -> None:
        self.archives = MAX_ARCHIVES
        self.texts = MAX_TEXTS
        self.bytes = MAX_UNPACKED_BYTES
        self.held = 0
        self.problem: ParseError | None = None
        self.problems = 0

    def contents(self, file: File) -> _Contents:
        """Read the directory of one archive, and the texts that name its libraries."""
        found = _Contents()
        try:
            listed = directory(file)
            self.spend(file, size=len(listed.records))
            found.classes = b".class" in listed.records
            for entry in entries(file, listed, _LAST_FOUR):
                folder, _, name = entry.name.rpartition(b"/")
                if len(entry.name) > MAX_NAME_BYTES:
                    why = f"the name of an entry is longer than {MAX_NAME_BYTES} bytes"
                    self.note(ParseError(file.path, why))
                elif name.endswith(_NESTED):
                    found.nested.append(entry)
                elif entry.name == b"META-INF/MANIFEST.MF":
                    found.manifest = maven.main_attributes(self.text(file, entry, MAX_TEXT_BYTES))
                elif entry.name in _LICENCES:
                    found.text = found.text or entry
                elif b"META-INF/maven/" not in entry.name:
                    continue
                elif name == b"pom.properties":
                    data = self.text(file, entry, MAX_PROPERTIES_BYTES)
                    found.records[folder] = maven.from_properties(data)
                elif name == b"pom.xml":
                    names = maven.licence_names(self.text(file, entry, MAX_TEXT_BYTES))
                    found.licences[folder] = _expressions(names)
        except ParseError as error:
            self.note(error)
        return found

    def text(self, file: File, entry: Entry, limit: int) -> bytes:
        """The start of a small entry; empty when it cannot be read."""
        try:
            self.spend(file, texts=1)
            data = first_bytes(file, entry, limit)
            self.spend(file, size=len(data))
        except ParseError as error:
            self.note(error)
            return b""
        return data

    def inner(self, file: File, entry: Entry) -> File | None:
        """An archive inside; ``None`` when it cannot be unpacked."""
        try:
            self.spend(file, archives=1)
            data = content(file, entry, MAX_HELD_BYTES - self.held)
            self.spend(file, size=_held(data))
        except ParseError as error:
            self.note(error)
            return None
        name = entry.name.decode(errors="backslashreplace")
        return File(path=f"{file.path}!/{name}", content=data)

    def note(self, error: ParseError) -> None:
        """Keep the first problem, and count all."""
        self.problem = self.problem or error
        self.problems += 1

    def spend(self, file: File, *, archives: int = 0, texts: int = 0, size: int = 0) -> None:
        """Count down, and refuse what is too much."""
        self.archives -= archives
        self.texts -= texts
        self.bytes -= size
        if self.archives < 0:
            raise ParseError(file.path, f"more than {MAX_ARCHIVES} archives are nested")
        if self.texts < 0:
            raise ParseError(file.path, f"more than {MAX_TEXTS} entries tell of libraries")
        if self.bytes < 0:
            raise ParseError(file.path, f"more than {MAX_UNPACKED_BYTES} bytes would be unpacked")


@parser(
    id="java-archive",
    names=tuple(f"*.{ending}" for ending in ENDINGS),
    version=4,
    example=File(path="srv/app-1.0.jar", content=b64decode(_EXAMPLE)),
    expect=("pkg:maven/org.example/app@1.0", "pkg:maven/org.example/lib@2.1"),
)
def java_archive(file: File) -> Iterator[Package]:
    """Yield each library that Maven recorded inside, the archive itself, and those nested in it.

    An archive that Maven did not build is named by its file name and its manifest, and has a
    group only where one is known or stated. One without a version is yielded only if nothing
    in it is recorded; if it holds classes and no archives, that is an error too. An archive
    whose project file and manifest name no licence has those of its own licence text. Neither
    Android's aar nor archives with other endings are read.
    """
    reading = _Reading()
    yield from _archive(file, reading, MAX_DEPTH)
    if first := reading.problem:
        more = reading.problems - 1
        why = f"{first.why} (and {more} more problems)" if more else first.why
        raise ParseError(first.place, why) from first


def _archive(file: File, reading: _Reading, depth: int) -> Iterator[Package]:
    """What one archive tells of itself, and what those inside tell."""
    problems = reading.problems
    contents = reading.contents(file)
    if reading.problems == problems or contents.manifest or contents.records:
        found = list(_libraries(file, contents, reading))
        yield from found
        if contents.classes and not contents.nested and not any(each.version for each in found):
            reading.note(ParseError(file.path, "has classes, and nothing tells of which version"))
    if contents.nested and depth == 0:
        why = f"archives are nested more than {MAX_DEPTH} deep"
        reading.note(ParseError(file.path, why))
        return
    for entry in contents.nested:
        if inner := reading.inner(file, entry):
            reading.held += _held(inner.content)
            yield from _archive(inner, reading, depth - 1)
            reading.held -= _held(inner.content)


def _held(data: bytes | Content) -> int:
    """What an archive takes of memory: nothing when it is read where it lies."""
    return len(data) if isinstance(data, bytes) else 0


def _libraries(file: File, contents: _Contents, reading: _Reading) -> Iterator[Package]:
    """The archive itself, and the other libraries that Maven recorded in it."""
    path = file.path
    stem = path.rpartition("/")[2].rpartition(".")[0]
    stated = maven.from_manifest(stem, contents.manifest)
    recorded = {
        record: contents.licences.get(folder, ())
        for folder, record in contents.records.items()
        if record.artifact
    }
    own = maven.itself(stem, stated, recorded)
    if own is None and (stated.version or not recorded):
        own = stated
    if own:
        licences = recorded.pop(own, ()) or _expressions(maven.stated_licences(contents.manifest))
        if contents.text and not licences:
            text = reading.text(file, contents.text, MAX_LICENCE_BYTES)
            licences = recognise(text.decode(errors="replace"))
        yield _package(path, own, licences)
    for record, licences in recorded.items():
        yield _package(path, record, licences)


def _package(path: str, library: Coordinates, licences: tuple[str, ...]) -> Package:
    return Package(
        type="maven",
        namespace=library.group,
        name=library.artifact,
        version=library.version,
        licences=licences,
        path=path,
    )


def _expressions(names: Iterable[str]) -> tuple[str, ...]:
    return tuple(filter(None, map(spdx, names)))
