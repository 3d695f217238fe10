"""Manifests, indexes and configurations, of OCI and of Docker.

Specs: https://github.com/opencontainers/image-spec (index, manifest, config) and
https://github.com/moby/moby/blob/master/image/spec/spec.md (docker save's manifest.json)
"""

from typing import Annotated, TypeVar

import msgspec
from msgspec import Meta, Struct

from hullmark.model import SourceError

MAX_DOCUMENT_BYTES = 4 * 1024 * 1024
"""What the distribution spec lets registries refuse above."""

Shape = TypeVar("Shape")


class Platform(Struct, frozen=True):
    """What a manifest runs on."""

    architecture: str = ""
    os: str = ""
    variant: str = ""

    def __str__(self) -> str:
        return "/".join(part for part in (self.os, self.architecture, self.variant) if part)


class Descriptor(Struct, frozen=True, rename="camel"):
    """Where a blob is and what it must be; ``artifact_type`` is that of a manifest of no image."""

    digest: str
    size: Annotated[int, Meta(ge=0)]
    media_type: str = ""
    platform: Platform | None = None
    annotations: dict[str, str] | None = None
    urls: list[str] | None = None
    artifact_type: str = ""

    def note(self, key: str) -> str:
        """One annotation, empty when absent."""
        return (self.annotations or {}).get(key, "")


class Index(Struct, frozen=True, rename="camel"):
    """A list of manifests."""

    manifests: list[Descriptor]
    media_type: str = ""


class Manifest(Struct, frozen=True, rename="camel"):
    """One image: its configuration and its layers, base first; Go writes no layers as null."""

    config: Descriptor
    layers: list[Descriptor] | None
    media_type: str = ""


class Step(Struct, frozen=True):
    """One line of history."""

    created_by: str = ""
    empty_layer: bool = False
    created: object = None
    comment: object = None


class RootFs(Struct, frozen=True):
    """The layers' uncompressed digests, base first."""

    diff_ids: list[str] | None = None


class Settings(Struct, frozen=True, rename="pascal"):
    """What a container of the image starts with, as far as it is read."""

    labels: dict[str, object] | None = None
    user: object = None
    env: object = None
    volumes: object = None
    healthcheck: object = None
    on_build: object = None
    entrypoint: object = None
    cmd: object = None
    exposed_ports: object = None
    working_dir: object = None


class Config(Struct, frozen=True):
    """The configuration, as far as it concerns layers."""

    architecture: str = ""
    os: str = ""
    variant: str = ""
    created: str | None = None
    rootfs: RootFs = RootFs()
    history: list[Step] | None = None
    config: Settings | None = None

    def label(self, key: str) -> str:
        """One label, empty when absent."""
        value = ((self.config and self.config.labels) or {}).get(key)
        return value if isinstance(value, str) else ""

    @property
    def platform(self) -> Platform:
        """What the image was built for."""
        return Platform(self.architecture, self.os, self.variant)

    @property
    def diff_ids(self) -> list[str]:
        """Promised digests of the uncompressed layers, base first."""
        return self.rootfs.diff_ids or []


class Saved(Struct, frozen=True, rename="pascal"):
    """One image of docker save's manifest.json."""

    config: str
    layers: list[str] | None = None
    repo_tags: list[str] | None = None


def decode(data: bytes, shape: type[Shape], place: str) -> Shape:
    """JSON of this shape; ``SourceError`` names the place and what differs."""
    if len(data) > MAX_DOCUMENT_BYTES:
        raise SourceError(place, f"{len(data)} bytes are more than a manifest may have")
    try:
        return msgspec.json.decode(data, type=shape)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as error:
        raise SourceError(place, f"not the JSON of an image: {error}") from error
