"""A whole image as checks see it, from its layers laid over each other."""

from collections.abc import Iterable, Iterator, Sequence

import msgspec

from hullmark.model import Artifact
from hullmark.model.image import Image, ImageConfig, ImageLayer
from hullmark.model.spotted import Entry
from hullmark.scan.facts import Contents
from hullmark.scan.finish import Inventory
from hullmark.scan.overlay import Below, Overlay, folders_above, leads
from hullmark.scan.rights import machines, numbers_of, uppermost
from hullmark.scan.spotting import accounts


class Merged:
    """Regular files of all layers, uppermost last: which layer brought each, and its size.

    ``told_as`` are the names by which layers tell of files that lie behind links.
    """

    def __init__(self, layers: Sequence[Contents], overlay: Overlay) -> None:
        self.layers = layers
        self.files: dict[str, int] = {}
        self.told_as: dict[str, str] = {}
        self._folders: set[str] = set()
        self.layer_of: dict[str, int] = {}
        self.wasted_bytes = [0] * len(layers)
        self.counts = [0] * len(layers)
        for number, contents in enumerate(layers):
            self._add(number, contents)
        self._follow(overlay)

    def _add(self, number: int, contents: Contents) -> None:
        names = contents.files.decode(errors="replace").split("\0")[1:-1]
        sizes = numbers_of(contents.sizes)
        self.counts[number] = len(names)
        gone = set(contents.whiteouts)
        ends = gone.union(contents.opaque, self._folders.intersection(names))
        if ends:
            below = Below(ends)
            for path in [path for path in self.files if path in gone or below.holds(path)]:
                self._drop(path)
        folders = contents.folders.decode(errors="replace").split("\0")[1:-1]
        for path in self.files.keys() & folders:
            self._drop(path)
        self._folders.difference_update(names)
        if number + 1 < len(self.layers):
            self._note_folders({*folders, *(path.rpartition("/")[0] for path in names)})
        links = {path for path, _, _ in contents.symlinks}
        for path, size in zip(names, sizes, strict=False):
            if path in self.files:
                self._drop(path)
            if path not in links:
                self.files[path] = size
                self.layer_of[path] = number

    def _note_folders(self, paths: Iterable[str]) -> None:
        """Remember folders and all above them, which a later layer may replace."""
        for path in paths:
            if path not in self._folders:
                self._folders.add(path)
                self._folders.update(folders_above(path))
        self._folders.discard("")

    def _follow(self, overlay: Overlay) -> None:
        """Move files that layers tell of behind links to where they are."""
        ordered = sorted({f"{path.rpartition('/')[0]}/" for path in self.files})
        crossing = {link for link in overlay.links if leads(link, ordered)}
        if not crossing:
            return
        for path in [*self.files]:
            if any(above in crossing for above in folders_above(path)):
                self._move(path, overlay.resolve(path))

    def _move(self, path: str, real: str) -> None:
        if not real or real == path:
            return
        number = self.layer_of[path]
        if self.layer_of.get(real, -1) > number:
            self._drop(path)
            return
        if real in self.files:
            self._drop(real)
        self.files[real], self.layer_of[real] = self.files.pop(path), self.layer_of.pop(path)
        self.told_as[real] = path

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
    overlay: Overlay,
    entries: Iterable[Entry],
    inventory: Inventory,
    merged: Merged,
    today: str,
) -> Image:
    """The image; ``sizes`` are of the layers uncompressed, in bytes, base first."""
    noted = tuple(sorted(entries, key=lambda each: each.path))
    asked = {*merged.files, *overlay.links, *(each.path for each in noted)}
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
        links=overlay.links,
        entries=noted,
        owners=inventory.owners_of(asked),
        architectures=machines(merged.layers, merged.layer_of),
        started=_started(artifact, merged, overlay),
        accounts=accounts(overlay),
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


def _started(artifact: Artifact, merged: Merged, overlay: Overlay) -> tuple[Entry, ...]:
    """What entry point and command name, with the folders on the way to it."""
    if artifact.exposure is None:
        return ()
    told = set(_on_the_way(artifact.exposure.files, merged, overlay))
    found = uppermost(merged.layers, (merged.told_as.get(path, path) for path in told))
    real = {name: path for path, name in merged.told_as.items() if path in told}
    return tuple(
        msgspec.structs.replace(each, path=real.get(each.path, each.path)) for each in found
    )


def _on_the_way(names: Iterable[str], merged: Merged, overlay: Overlay) -> Iterator[str]:
    for name in names:
        path = overlay.resolve(name)
        if path in merged.files:
            yield path
            yield from folders_above(path)
            yield from (each for each in folders_above(name) if each not in overlay.links)
