"""What the engine and its jailed workers say to each other."""

from msgspec import Struct

from hullmark.scan.dispatch import Claim
from hullmark.scan.facts import Again

MAX_BATCH_BYTES = 128 * 1024
MAX_BATCH_FILES = 64


class LayerJob(Struct, frozen=True, kw_only=True, tag=True):
    """Walk a layer: descriptors are the blob, a file for spilling, and who tells what arrived.

    The last is there while the blob's bytes are ``arriving``.
    """

    layer: str
    offset: int
    size: int
    declared: bool
    arriving: bool = False
    only: list[Again] = []


class TreeJob(Struct, frozen=True, kw_only=True, tag=True):
    """Parse files that arrive in batches: the descriptor is the socket they arrive on."""


class Sent(Struct, frozen=True, kw_only=True, array_like=True):
    """One file of a batch; its descriptor travels beside. ``beside`` counts siblings after it."""

    path: str
    mode: int
    uid: int
    gid: int
    size: int
    units: tuple[str, ...]
    beside: int = 0


class Hello(Struct, frozen=True, kw_only=True):
    """What the parent needs to know of the parsers that it never imports."""

    claims: list[Claim]
