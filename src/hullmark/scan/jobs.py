"""What the engine and its jailed workers say to each other."""

import json

from msgspec import Struct, convert, to_builtins

from hullmark.model import Rule
from hullmark.model.config_edits import ConfigAsk
from hullmark.model.gathered import Gathered
from hullmark.model.image import Image
from hullmark.model.inflation import Inflation
from hullmark.scan.dispatch import Claim
from hullmark.scan.facts import Again, Contents
from hullmark.sieve.options import Looking

MAX_BATCH_BYTES = 128 * 1024
MAX_BATCH_FILES = 64


class LayerJob(Struct, frozen=True, kw_only=True, tag=True):
    """Walk a layer: descriptors are the blob, a file for spilling, and who tells what arrived.

    The last is there while the blob's bytes are ``arriving``. ``notes`` asks for metadata,
    ``sums`` for digests of programs. The contents of files up to ``stream_bytes`` are sent to the
    parent; 0 for none.
    """

    layer: str
    offset: int
    size: int
    declared: bool
    arriving: bool = False
    notes: bool = False
    sums: bool = False
    stream_bytes: int = 0
    only: list[Again] = []


class TreeJob(Struct, frozen=True, kw_only=True, tag=True):
    """Parse files that arrive in batches: the descriptor is the socket they arrive on.

    The contents of files up to ``stream_bytes`` are sent to the parent; 0 for none.
    """

    stream_bytes: int = 0


class TextsJob(Struct, frozen=True, kw_only=True, tag=True):
    """Look at texts, each with the path under which it is told."""

    texts: list[tuple[str, bytes]]


class AssemblyJob(Struct, frozen=True, kw_only=True, tag=True):
    """Judge what several files make together: the descriptor is a socket by which files come.

    ``kustomizations`` and ``composes`` are paths of files that are parts or wholes, ``judged``
    those files of compose that were judged as they lie. ``done`` are wholes that are left out.
    """

    kustomizations: list[str]
    composes: list[str]
    judged: list[str] = []
    done: list[str] = []


class Wanted(Struct, frozen=True, kw_only=True, tag=True):
    """Files that the worker of an ``AssemblyJob`` asks for; ``number`` tells askings apart."""

    number: int
    paths: list[str]


class ChartWanted(Struct, frozen=True, kw_only=True, tag=True):
    """A chart that the same worker asks for, rendered: an ``Inflated``, given as a file is."""

    number: int
    inflation: Inflation


class Given(Struct, frozen=True, kw_only=True, array_like=True):
    """What is given for what was ``Wanted``: sizes in bytes, or why there is no descriptor."""

    number: int
    files: list[int | str]


class Begun(Struct, frozen=True, kw_only=True, tag=True):
    """The whole that a worker begins with, so that it is known what it died of."""

    whole: str


class Whole(Struct, frozen=True, kw_only=True, tag=True):
    """What became of one whole; ``covered`` are files that are judged as part of it.

    ``files`` are those that lines of objects held together lead to, by the number that these bear.
    """

    whole: str
    covered: list[str]
    contents: Contents
    files: dict[int, str] = {}


class ImageJob(Struct, frozen=True, kw_only=True, tag=True):
    """Judge a whole image by checks of these ``kinds``.

    ``files`` are its visible files, a NUL byte between them, which ``image`` has none of; ``sizes``
    and ``layers`` are their sizes in bytes and the numbers of their layers, packed as
    ``scan/rights.py`` does. ``complete`` is whether every layer was read.
    """

    image: Image
    files: bytes
    sizes: bytes
    layers: bytes
    kinds: tuple[str, ...]
    complete: bool = True


class MendJob(Struct, frozen=True, kw_only=True, tag=True):
    """Mend one file of configuration."""

    ask: ConfigAsk


class BundleJob(Struct, frozen=True, kw_only=True, tag=True):
    """Judge Kubernetes objects of many files together.

    ``unread`` are paths of files that hold objects which nobody read.
    """

    gathered: list[Gathered]
    unread: list[str]


class Sent(Struct, frozen=True, kw_only=True, array_like=True):
    """One file of a batch; its descriptor travels beside. ``beside`` counts siblings after it.

    ``look`` asks for a look at its content; ``layer`` is what brought it, where the tree knows.
    """

    path: str
    mode: int
    uid: int
    gid: int
    size: int
    units: tuple[str, ...]
    beside: int = 0
    look: bool = False
    layer: str = ""


class Brief(Struct, frozen=True, array_like=True):
    """What workers will be asked for, where their zygote was forked before that was known."""

    only: list[str] | None
    looking: Looking


def packed(brief: Brief) -> bytes:
    """A brief for a pipe; names of folders in it may be no UTF-8, which ``json`` escapes."""
    return json.dumps(to_builtins(brief)).encode()


def unpacked(brief: bytes) -> Brief:
    """The brief that was packed."""
    return convert(json.loads(brief), Brief)


class Hello(Struct, frozen=True, kw_only=True):
    """What the parent needs to know of what it never imports.

    ``looks`` is a mark of everything that content is looked at with, empty for nothing. ``rules``
    are those of all checks that may say something, the user's own among them; ``refused`` are the
    place and reason where one of those cannot be taken.
    """

    claims: list[Claim]
    looks: str = ""
    rules: dict[str, Rule] = {}
    refused: tuple[str, str] | None = None
