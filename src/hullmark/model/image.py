"""A whole image as checks see it: configuration, layers, and what they hold together.

Spec: https://github.com/opencontainers/image-spec/blob/main/config.md#properties
"""

from collections.abc import Mapping

from msgspec import Struct

from hullmark.model.artifact import BaseImage, Distribution
from hullmark.model.exposure import Exposure
from hullmark.model.facts import Package
from hullmark.model.spotted import Entry


class Step(Struct, frozen=True, kw_only=True):
    """One line of the history: what made a layer, or changed the configuration alone.

    ``stage`` is the number of its stage where a Dockerfile tells it.
    """

    command: str = ""
    created: str = ""
    comment: str = ""
    empty: bool = False
    stage: int = 0


class ImageConfig(Struct, frozen=True, kw_only=True):
    """What a configuration says. ``env`` are ``NAME=value``; ``created`` is RFC 3339.

    ``healthcheck`` are the words of its test (``CMD-SHELL``, ``curl ...``), empty where there is
    none; ``user`` is as written. ``is_told`` is false where the image has no configuration.
    """

    is_told: bool = True
    user: str = ""
    env: tuple[str, ...] = ()
    entrypoint: tuple[str, ...] = ()
    cmd: tuple[str, ...] = ()
    ports: tuple[str, ...] = ()
    volumes: tuple[str, ...] = ()
    labels: Mapping[str, str] = {}
    healthcheck: tuple[str, ...] = ()
    onbuild: tuple[str, ...] = ()
    folder: str = ""
    architecture: str = ""
    os: str = ""
    created: str = ""
    history: tuple[Step, ...] = ()


NO_CONFIG = ImageConfig(is_told=False)
"""Of an image that has none, or whose configuration cannot be read."""


class ImageLayer(Struct, frozen=True, kw_only=True):
    """One layer, base first. ``files`` counts its files; sizes are in bytes, uncompressed.

    ``wasted_bytes`` are of files that later layers overwrite or delete. ``command`` made it.
    """

    diff_id: str
    command: str = ""
    size_bytes: int = 0
    files: int = 0
    wasted_bytes: int = 0


class Image(Struct, frozen=True, kw_only=True):
    """An image with its layers laid over each other.

    ``name`` is as the user or the archive calls it (``registry.example/app:1.2``), empty where
    nobody does. ``files`` are the visible regular files and their sizes in bytes, ``links`` the
    visible symbolic links, ``entries`` those visible entries whose metadata is worth a look
    (setuid, setgid, writable by all, devices, executables in odd places), ``layer_of`` the diffID
    that brought a file. ``architectures`` are those of the programs among the files, by path, as Go
    calls them (``amd64``, ``arm64``). ``started`` are what entry point and command name, as far as
    it is there, and the folders that it lies in; ``accounts`` the user numbers of etc/passwd by
    name. ``owners`` are the distribution packages of files by path. ``today`` is a date
    (``2026-12-31``).
    """

    name: str = ""
    config: ImageConfig = ImageConfig()
    layers: tuple[ImageLayer, ...] = ()
    files: Mapping[str, int] = {}
    links: Mapping[str, str] = {}
    entries: tuple[Entry, ...] = ()
    layer_of: Mapping[str, str] = {}
    architectures: Mapping[str, str] = {}
    started: tuple[Entry, ...] = ()
    accounts: Mapping[str, int] = {}
    owners: Mapping[str, str] = {}
    packages: tuple[Package, ...] = ()
    distribution: Distribution | None = None
    base: BaseImage | None = None
    exposure: Exposure | None = None
    today: str = ""
