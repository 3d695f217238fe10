"""What is examined, identified by what cannot be moved: digests and machine ids."""

from datetime import UTC, datetime
from enum import StrEnum
from typing import NewType

from msgspec import Struct

from hullmark.model.exposure import Exposure
from hullmark.model.purl import purl

Digest = NewType("Digest", str)
"""``sha256:`` and 64 lower-case hexadecimal digits."""

_ARCHIVE_ENDINGS = (".gz", ".zst", ".tgz", ".tar")
_EPOCH = datetime.fromtimestamp(0, UTC)


class ArtifactKind(StrEnum):
    """What an artifact is; the source that opens it decides."""

    IMAGE = "image"
    TREE = "tree"
    HOST = "host"
    SBOM = "sbom"


class LayerState(StrEnum):
    """What is known of a layer's bytes after hashing them."""

    EXTERNAL = "matches an external digest"
    SELF = "self-consistent only"
    MISMATCH = "mismatch"
    UNREAD = "not read"


class Layer(Struct, frozen=True, kw_only=True):
    """One layer of an image, base first.

    ``digest`` and ``size_bytes`` are of the blob as stored, ``diff_id`` of its uncompressed tar,
    all as measured (as promised where ``state`` says that it was not read). ``command`` is from
    the history.
    """

    digest: Digest
    diff_id: Digest
    size_bytes: int
    media_type: str
    state: LayerState
    command: str = ""


class BaseImage(Struct, frozen=True, kw_only=True):
    """The image that another was built from.

    ``layers`` counts the lowest layers that come from it, 0 where that is not known. ``told_by``
    is ``known layers`` (measured, and learned before), ``labels`` or ``history``: of these two the
    image itself is the only witness. ``name`` and ``digest`` are empty where nothing tells them.
    ``newer`` names a later image of the same repository whose layers were learned too.
    """

    name: str = ""
    digest: str = ""
    layers: int = 0
    told_by: str
    newer: str = ""


class Artifact(Struct, frozen=True, kw_only=True):
    """An image, a tree, a host, or a bill of materials that somebody else wrote.

    ``name`` is how the user called it; ``digest`` is the image's manifest digest (the config's
    where the archive has no manifest), a tree has none; ``index`` is that of the index through
    which the manifest was chosen, if there was one. ``platform`` is ``os/arch[/variant]``.
    ``created`` is RFC 3339, as the image claims. ``base`` is what an image was built from,
    ``exposure`` how it runs.
    """

    kind: ArtifactKind
    name: str
    digest: str = ""
    index: str = ""
    config: str = ""
    platform: str = ""
    created: str = ""
    layers: tuple[Layer, ...] = ()
    base: BaseImage | None = None
    exposure: Exposure | None = None

    @property
    def created_utc(self) -> str:
        """``created`` in UTC to the second, with a Z; the epoch where it is absent or no time."""
        try:
            made = datetime.fromisoformat(self.created)
            made = (made if made.tzinfo else made.replace(tzinfo=UTC)).astimezone(UTC)
        except (ValueError, OverflowError):
            made = _EPOCH
        # Builders without a clock leave year 1, Go's zero time.
        return max(made, _EPOCH).isoformat(timespec="seconds").replace("+00:00", "Z")

    @property
    def purl(self) -> str:
        """``pkg:oci/debian@sha256:...`` of an image; empty where we know no manifest's digest."""
        if self.digest in ("", self.config):
            return ""
        last = self.name.rstrip("/").rpartition("/")[2].partition("@")[0]
        name, _, tag = last.partition(":")
        name = "".join(filter(str.isprintable, name.lower())).strip()
        for ending in _ARCHIVE_ENDINGS:
            name = name.removesuffix(ending)
        architecture = self.platform.partition("/")[2].partition("/")[0]
        place = self.name.removeprefix("registry:").rpartition("/")[0]
        where = f"{place}/{name}" if self.name.startswith("registry:") else ""
        qualifiers = {"arch": architecture, "repository_url": where, "tag": tag}
        return purl("oci", name or "image", self.digest, qualifiers=qualifiers)


class Distribution(Struct, frozen=True, kw_only=True, tag_field="fact", tag=True):
    """The operating system of an artifact.

    ``id`` and ``version`` are those of os-release(5). ``end_of_life`` is a date
    (``2028-06-30``), empty when we do not know one.
    """

    id: str
    version: str = ""
    name: str = ""
    like: tuple[str, ...] = ()
    codename: str = ""
    path: str = ""
    end_of_life: str = ""
