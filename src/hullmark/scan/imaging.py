"""A whole image as checks see it, from its layers laid over each other."""

import sys
from array import array
from collections.abc import Iterable, Mapping, Sequence

from hullmark.model import Artifact
from hullmark.model.image import Image, ImageConfig, ImageLayer
from hullmark.model.spotted import Entry
from hullmark.scan.facts import Contents
from hullmark.scan.finish import Inventory
from hullmark.scan.overlay import Below


class Merged:
    """Regular files of all layers, uppermost last: which layer brought each, and its size."""

    def __init__(self, layers: Sequence[Contents]) -> None:
        self.files: dict[str, int] = {}
        self.layer_of: dict[str, int] = {}
        self.wasted_bytes = [0] * len(layers)
        self.counts = [0] * len(layers)
        for number, contents in enumerate(layers):
            self._add(number, contents)

    def _add(self, number: int, contents: Contents) -> None:
        names = contents.files.decode(errors="replace").split("\0")[1:-1]
        sizes = _numbers(contents.sizes)
        self.counts[number] = len(names)
        if contents.whiteouts or contents.opaque:
            gone = set(contents.whiteouts)
            below = Below(gone.union(contents.opaque))
            for path in [path for path in self.files if path in gone or below.holds(path)]:
                self._drop(path)
        links = {path for path, _, _ in contents.symlinks}
        for path, size in zip(names, sizes, strict=False):
            if path in self.files:
                self._drop(path)
            if path not in links:
                self.files[path] = size
                self.layer_of[path] = number

    def _drop(self, path: str) -> None:
        self.wasted_bytes[self.layer_of.pop(path)] += self.files.pop(path)


def image(
    artifact: Artifact,
    config: ImageConfig,
    names: Sequence[str],
    *,
    diff_ids: Sequence[str],
    commands: Sequence[str],
    sizes: Sequence[int],
    links: Mapping[str, str],
    entries: Iterable[Entry],
    inventory: Inventory,
    merged: Merged,
    today: str,
) -> Image:
    """The image; ``sizes`` are of the layers uncompressed, in bytes, base first."""
    noted = tuple(sorted(entries, key=lambda each: each.path))
    owners = inventory.owned_by([each.path for each in noted])
    return Image(
        name=names[0] if names else _reference(artifact.name),
        config=config,
        layers=tuple(
            ImageLayer(
                diff_id=diff_id,
                command=commands[number],
                size_bytes=sizes[number],
                files=merged.counts[number],
                wasted_bytes=merged.wasted_bytes[number],
            )
            for number, diff_id in enumerate(diff_ids)
        ),
        files=merged.files,
        links=links,
        entries=noted,
        owners=owners,
        layer_of={path: diff_ids[number] for path, number in merged.layer_of.items()},
        packages=inventory.packages(),
        distribution=inventory.distribution,
        base=artifact.base,
        exposure=artifact.exposure,
        today=today,
    )


def _reference(name: str) -> str:
    """What the image is called in a registry or a daemon; empty for a file."""
    source, _, rest = name.partition(":")
    return rest if source in ("registry", "docker", "podman", "containerd") else ""


def _numbers(packed: bytes) -> "array[int]":
    found = array("Q")
    found.frombytes(packed)
    if sys.byteorder == "big":
        found.byteswap()
    return found
