"""What a contributor adds: kinds of unit, and how they are found.

A unit is one module holding metadata, logic and examples. Decorators build a frozen value
and touch no global, so importing a unit has no effect; ``discover`` walks a room and collects.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import AbstractContextManager
from functools import cache
from importlib import import_module
from pkgutil import iter_modules, walk_packages
from types import ModuleType
from typing import Any, TypeVar

from msgspec import Struct

from hullmark.model import Artifact, Digest, Fact, File, Finding, Gap, Report
from hullmark.model.advisory import Advisory
from hullmark.model.image import NO_CONFIG, ImageConfig
from hullmark.model.vex import Attached


class Parser(Struct, frozen=True, kw_only=True):
    """File to facts. Raise the version whenever output may change: it keys the layer cache.

    A file is offered when its path matches one of ``names`` or its first bytes one of
    ``magic``. A name without a slash matches the last part of a path, one with a slash the whole
    path; ``*`` stays within a part, ``**/`` in front stands for any folders. The last part
    must hold a literal file name, a literal ending (``*.jar``) or stand below a literal folder
    (``var/lib/dpkg/status.d/*``).

    ``beside`` names siblings that ``File.near`` may ask for. ``declared`` marks lock files and
    manifests: they say what should be installed, not what is.
    """

    id: str
    names: tuple[str, ...]
    magic: tuple[bytes, ...]
    beside: tuple[str, ...]
    declared: bool
    version: int
    about: str
    example: File
    expect: tuple[str, ...]
    parse: Callable[[File], Iterable[Fact]]


class Format(Struct, frozen=True, kw_only=True):
    """Report to text, in pieces that are written one after the other."""

    id: str
    media_type: str
    about: str
    render: Callable[[Report], Iterable[str]]


class Blob(Struct, frozen=True, kw_only=True):
    """The stored bytes of one layer: a window on an open descriptor that the source owns.

    ``digest`` and ``diff_id`` are what manifest and config promise, empty where they are silent.
    ``size`` is in bytes. ``external`` is true when somebody outside the target vouches for
    the digest. ``problem`` says why the blob cannot be opened; then ``fd`` is -1.
    """

    fd: int
    offset: int
    size: int
    digest: Digest
    diff_id: Digest
    promised_size: int = -1
    media_type: str = ""
    command: str = ""
    external: bool = False
    problem: str = ""


class Coming(Struct, frozen=True, kw_only=True):
    """A blob whose bytes are here, or on their way where there is a ``counter`` of them.

    That is a descriptor for ``hullmark.oci.arriving``; whoever got it lets go of it there.
    """

    blob: Blob
    counter: int = -1


Fetch = Callable[[Iterable[Blob], Callable[[int, int], None]], Iterator[Coming]]
"""Blobs to the same blobs as they come, and who is told the bytes just come and those in all."""


class OpenImage(Struct, frozen=True, kw_only=True):
    """An image, ready to be read: its layers base first, and what opening it showed.

    Where there is a ``fetch``, blobs are still elsewhere. It brings those it is asked for
    to their windows, most important first, and yields each once as its bytes come. When
    it is exhausted all have been hashed and are what their digests promise; it raises
    ``SourceError`` otherwise, and where the bytes do not come. ``give_up`` lets it bring no more,
    so that nobody waits for bytes that are of no use. ``attached`` is VEX that lies beside it,
    ``config`` what its configuration says, ``names`` what it is called where it lies.
    """

    artifact: Artifact
    blobs: tuple[Blob, ...]
    findings: tuple[Finding, ...] = ()
    gaps: tuple[Gap, ...] = ()
    attached: tuple[Attached, ...] = ()
    config: ImageConfig = NO_CONFIG
    names: tuple[str, ...] = ()
    fetch: Fetch | None = None
    give_up: Callable[[], None] = lambda: None


class TreeFile(Struct, frozen=True, kw_only=True):
    """One file of a tree: its path below the root and its metadata.

    ``open`` answers a descriptor of a file of the same folder by name, of this one for an empty
    name, or raises ``OSError``, until the next file is asked for. ``units`` are the parsers that
    read it and ``layer`` what brought it, where the source knows. ``look``: its content is
    searched, as of what was not made of others. ``named``: the user asked for this file alone.
    """

    path: str
    mode: int
    uid: int
    gid: int
    size: int
    open: Callable[[str], int]
    units: tuple[str, ...] = ()
    layer: str = ""
    look: bool = True
    named: bool = False


class OpenTree(Struct, frozen=True, kw_only=True):
    """A mounted file system. ``walk`` yields its regular files and adds what it could not read.

    ``links`` answers the target of a symbolic link by path, empty when it is none.
    ``declared`` says whether lock files count: they do in a project, not on a running host.
    ``rank`` puts what brought files (``TreeFile.layer``) into order, oldest first; ``tells`` names
    it for people, and ``hides`` answers whether what it brought under a path is there no longer.
    ``open`` answers a descriptor of a regular file by its path, following no links, or raises
    ``OSError``; ``None`` where files cannot be asked for.
    """

    artifact: Artifact
    walk: Callable[[list[Gap]], Iterator[TreeFile]]
    links: Callable[[str], str]
    declared: bool
    rank: Callable[[str], int] = lambda _: 0
    tells: Callable[[str], str] = lambda _: ""
    hides: Callable[[str, str], bool] = lambda _layer, _path: False
    open: Callable[[str], int] | None = None


class OpenReport(Struct, frozen=True, kw_only=True):
    """What an earlier run read. Its findings and gaps are those that nobody can find anew."""

    report: Report

    @property
    def artifact(self) -> Artifact:
        """What was read then."""
        return self.report.artifact


Opened = OpenImage | OpenTree | OpenReport
"""All that a source may open."""


class Access(Struct, frozen=True, kw_only=True):
    """How registries are reached, as the user says and no registry.

    ``mirrors`` are ``HOST=MIRROR``, asked before the host. ``plain_http`` are hosts (with their
    port) that are spoken to without TLS. ``ca_file`` holds certificates to trust too, PEM.
    ``redirect_hosts`` are those that registries may lead to wherever they are. ``attached`` asks
    them for VEX that lies beside an image.
    """

    mirrors: tuple[str, ...] = ()
    plain_http: tuple[str, ...] = ()
    ca_file: str = ""
    redirect_hosts: tuple[str, ...] = ()
    attached: bool = False


class Ask(Struct, frozen=True, kw_only=True):
    """What the user asked of a source: the target without its prefix, and how to read it.

    ``platform`` is ``os/arch[/variant]`` or empty. ``leaves_out`` answers whether the user
    left out a folder, by its path below the root. ``unpack`` inflates an open file of a
    size in bytes in a jailed process and answers a descriptor of the plain bytes, for the
    source to close. ``scratch`` answers a descriptor of a new, empty, unnamed file in the
    cache folder, for the source to close. ``access`` says how registries are reached.
    """

    target: str
    platform: str = ""
    leaves_out: Callable[[str], bool] = lambda _: False
    unpack: Callable[[int, int], int]
    scratch: Callable[[], int]
    access: Access = Access()


class Source(Struct, frozen=True, kw_only=True):
    """Target to files. ``id`` is the prefix that chooses it (``oci:PATH``).

    ``recognises`` answers, for a target without a prefix, whether it is one of this kind;
    ``open`` raises ``SourceError`` when the target cannot be read. ``parsers`` are the only ones
    that its files are for, where the source knows.
    """

    id: str
    about: str
    recognises: Callable[[str], bool]
    open: Callable[[Ask], AbstractContextManager[Opened]]
    parsers: tuple[str, ...] | None = None


class Scheme(Struct, frozen=True, kw_only=True):
    """Order of version strings. ``key`` answers what sorts as the versions do, and hashes.

    It raises ``ParseError`` for what is no version. ``ordered`` are examples, each before the
    next; ``equal`` are pairs of the same place, ``invalid`` what is refused.
    """

    id: str
    about: str
    ordered: tuple[str, ...]
    equal: tuple[tuple[str, str], ...]
    invalid: tuple[str, ...]
    key: Callable[[str], Any]


class Feed(Struct, frozen=True, kw_only=True):
    """A publisher's document to advisories in OSV's terms; ``FeedError`` for what is none.

    ``addresses`` are where its publisher offers it. Documents come unpacked. ``expect`` are what
    its example yields, in order, each as ``ID ecosystem name``, a line for each package affected.

    A document has one record of an id; of those of several documents the newest counts. Ids
    differ from those of other publishers' records, unless it is the same record. One without
    ``modified`` gets the time of its document. Raise the version whenever output may change.
    """

    id: str
    about: str
    addresses: tuple[str, ...]
    version: int
    example: File
    expect: tuple[str, ...]
    read: Callable[[File], Iterable[Advisory]]


Parse = Callable[[File], Iterable[Fact]]
Read = Callable[[File], Iterable[Advisory]]
Key = Callable[[str], Any]
Render = Callable[[Report], Iterable[str]]
Open = Callable[[Ask], AbstractContextManager[Opened]]
Unit = TypeVar("Unit")


def parser(
    *,
    id: str,
    names: Sequence[str] = (),
    magic: Sequence[bytes] = (),
    beside: Sequence[str] = (),
    declared: bool = False,
    version: int = 1,
    example: File,
    expect: Sequence[str],
) -> Callable[[Parse], Parser]:
    """Declare a parser; ``expect`` lists what its example yields, in order, as ``named``."""

    def declare(parse: Parse) -> Parser:
        return Parser(
            id=id,
            names=tuple(names),
            magic=tuple(magic),
            beside=tuple(beside),
            declared=declared,
            version=version,
            about=about_of(parse),
            example=example,
            expect=tuple(expect),
            parse=parse,
        )

    return declare


def output(*, id: str, media_type: str) -> Callable[[Render], Format]:
    """Declare an output format."""

    def declare(render: Render) -> Format:
        return Format(id=id, media_type=media_type, about=about_of(render), render=render)

    return declare


def source(
    *, id: str, recognises: Callable[[str], bool], parsers: Sequence[str] | None = None
) -> Callable[[Open], Source]:
    """Declare a source; the decorated function is a context manager."""
    only = None if parsers is None else tuple(parsers)

    def declare(open: Open) -> Source:
        about = about_of(open)
        return Source(id=id, about=about, recognises=recognises, open=open, parsers=only)

    return declare


def scheme(
    *,
    id: str,
    ordered: Sequence[str],
    equal: Sequence[tuple[str, str]] = (),
    invalid: Sequence[str] = (),
) -> Callable[[Key], Scheme]:
    """Declare an order of versions by the function that makes keys."""

    def declare(key: Key) -> Scheme:
        return Scheme(
            id=id,
            about=about_of(key),
            ordered=tuple(ordered),
            equal=tuple(equal),
            invalid=tuple(invalid),
            key=key,
        )

    return declare


def feed(
    *,
    id: str,
    addresses: Sequence[str] = (),
    version: int = 1,
    example: File,
    expect: Sequence[str],
) -> Callable[[Read], Feed]:
    """Declare a feed by the function that reads its documents."""

    def declare(read: Read) -> Feed:
        return Feed(
            id=id,
            about=about_of(read),
            addresses=tuple(addresses),
            version=version,
            example=example,
            expect=tuple(expect),
            read=read,
        )

    return declare


def discover(room: ModuleType, kind: type[Unit]) -> dict[str, Unit]:
    """Every unit of ``kind`` under ``room``, by its id, in order of module names."""
    return {
        id: value
        for id, module in _modules(room)
        for value in vars(module).values()
        if isinstance(value, kind)
    }


@cache
def _modules(room: ModuleType) -> list[tuple[str, ModuleType]]:
    """All modules under a room, imported once, with the ids of what they declare."""
    infos = walk_packages(room.__path__, f"{room.__name__}.")
    names = [each.name for each in infos if not each.ispkg]
    return [(each.rpartition(".")[2].replace("_", "-"), import_module(each)) for each in names]


def ids(room: ModuleType) -> list[str]:
    """Ids of the units directly in ``room``, by their files' names, importing none."""
    return [*_ids(room)]


@cache
def _ids(room: ModuleType) -> dict[str, None]:
    """The same, looked up once."""
    return {info.name.replace("_", "-"): None for info in iter_modules(room.__path__)}


def load(room: ModuleType, kind: type[Unit], id: str) -> Unit | None:
    """The one unit of this id, importing nothing else of its room; ``None`` if there is none."""
    if id not in _ids(room):
        return None
    values = vars(import_module(f"{room.__name__}.{id.replace('-', '_')}")).values()
    return next((value for value in values if isinstance(value, kind)), None)


def about_of(function: Callable[..., object]) -> str:
    """A docstring with its indentation removed, as help and generated docs show it."""
    lines = (function.__doc__ or "").strip().splitlines()
    return "\n".join(line.strip() if index else line for index, line in enumerate(lines))
