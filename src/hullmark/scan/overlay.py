"""Layers laid over each other: what is still visible, and which layer brought it.

Spec: https://github.com/opencontainers/image-spec/blob/main/layer.md#representing-changes
"""

from bisect import bisect_left
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

from msgspec import Struct

from hullmark.scan.facts import REPLACED, Again, Contents, Parsed

MAX_FOLLOWED = 40
"""Symbolic links followed in one path, as Linux does (path_resolution(7))."""

MAX_STEPS = 1024
"""Parts of a path and of all link targets in it; real ones have some twenty."""

MAX_REMEMBERED_CHARS = 16 * 1024 * 1024
"""Folders of a large image have some 3 MB of names; each folder of a deep path repeats it."""


class Visible(Struct, frozen=True, kw_only=True):
    """One file's facts as the finished image shows them.

    ``versions`` are all states of that file since it last came into being, lowest layer first,
    as (layer number, facts); the last one counts.
    """

    path: str
    unit: str
    versions: tuple[tuple[int, Parsed], ...]


class Overlay:
    """The merged tree, as far as facts and links are concerned."""

    def __init__(self) -> None:
        self._live: dict[str, dict[str, list[tuple[int, Parsed]]]] = {}
        self.links: dict[str, str] = {}
        self._layers: list[Contents] = []
        self._folders = _Folders()

    def add(self, contents: Contents) -> None:
        """Lay the next layer on top."""
        number = len(self._layers)
        self._layers.append(contents)
        files = _names(contents.files)
        folders = _names(contents.folders)
        links = {path: target for path, _, target in contents.symlinks}
        entry_of = {path: entry for path, entry, _ in contents.symlinks}
        self._cut_links(contents)
        moved = self._moves(files, folders, contents)
        if moved:
            files = {moved.get(path, path) for path in files}
            folders = {moved.get(path, path) for path in folders}
            links = {moved.get(path, path): target for path, target in links.items()}
            entry_of = {moved.get(path, path): entry for path, entry in entry_of.items()}
        self._remove(
            files,
            folders,
            gone={moved.get(path, path) for path in contents.whiteouts},
            emptied={moved.get(path, path) for path in contents.opaque},
            kept={(moved.get(each.path, each.path), each.unit) for each in contents.parsed},
        )
        self.links.update(links)
        for path in links:
            self._folders.add(path)
        for each in contents.parsed:
            path = moved.get(each.path, each.path)
            hidden = each.unit == REPLACED or any(
                above in files and entry_of.get(above, -1) < 0 for above in folders_above(each.path)
            )
            if not hidden:
                path = self._behind_links(path, links)
                self._folders.add(path)
                self._live.setdefault(path, {}).setdefault(each.unit, []).append((number, each))

    def visible(self) -> Iterator[Visible]:
        """All files with facts, in no particular order."""
        for path, units in self._live.items():
            for unit, versions in units.items():
                yield Visible(path=path, unit=unit, versions=tuple(versions))

    def has(self, path: str, unit: str) -> bool:
        """Whether this parser has read this file, as it is now."""
        return unit in self._live.get(path, {})

    def where(self, paths: Iterable[str]) -> dict[str, int]:
        """The uppermost layer, by number, that holds each of these files.

        Those that none holds, or that a later whiteout hides, are absent.
        """
        found: dict[str, int] = {}
        left = set(paths)
        for number in range(len(self._layers) - 1, -1, -1):
            layer = self._layers[number]
            here = _held(layer, left)
            found.update(dict.fromkeys(here, number))
            gone = set(layer.whiteouts)
            ended = Below(gone.union(layer.opaque))
            left = {path for path in left - here if path not in gone and not ended.holds(path)}
        return found

    def resolve(self, path: str) -> str:
        """Follow links in every part of a path, the last one too; empty for the root and cycles."""
        return _follow(path, self.links) or ""

    def add_again(self, number: int, contents: Contents) -> None:
        """Facts that a second look at a layer gave, under the names they were wished for."""
        for each in contents.parsed:
            self._live.setdefault(each.path, {}).setdefault(each.unit, []).append((number, each))

    def wishes(
        self, literals: Mapping[str, Sequence[str]], units_of: Callable[[str], Sequence[str]]
    ) -> dict[int, list[Again]]:
        """What links hide from the first pass, by layer number.

        Three kinds: a path that a parser names literally but that leads through a link, a
        link whose own name a parser wants, and hard links whose target nobody read.
        """
        asked: dict[tuple[str, str], set[str]] = {}
        for path, units in self._linked(literals, units_of):
            target = self.resolve(path)
            missing = {unit for unit in units if target and not self.has(target, unit)}
            if missing:
                asked[target, path] = missing
        again = {each.name: each.path for layer in self._layers for each in layer.again}
        holders = self.where([*(target for target, _ in asked), *again, *again.values()])
        found: dict[int, dict[tuple[str, str], set[str]]] = {}
        for (target, name), missing in asked.items():
            if target in holders:
                found.setdefault(holders[target], {})[target, name] = missing
        for number, layer in enumerate(self._layers):
            own = _held(layer, {each.path for each in layer.again})
            for each in layer.again:
                holder = number if each.path in own else holders.get(each.path)
                if holders.get(each.name) == number and holder is not None:
                    key = (each.path, each.name)
                    found.setdefault(holder, {}).setdefault(key, set()).update(each.units)
        return {
            layer: [
                Again(path=path, name=name, units=tuple(sorted(units)))
                for (path, name), units in sorted(wishes.items())
            ]
            for layer, wishes in found.items()
        }

    def _linked(
        self, literals: Mapping[str, Sequence[str]], units_of: Callable[[str], Sequence[str]]
    ) -> Iterator[tuple[str, Sequence[str]]]:
        """Names that lead through a link, and the parsers that want them."""
        for path, units in literals.items():
            if self.resolve(path) != path:
                yield path, units
        for path in self.links:
            units = units_of(path)
            if units and path not in literals:
                yield path, units

    def _remove(
        self,
        files: set[str],
        folders: set[str],
        *,
        gone: set[str],
        emptied: set[str],
        kept: set[tuple[str, str]],
    ) -> None:
        """Drop what the new layer hides; ``kept`` are files that it brings a new state of."""
        ends = gone | emptied
        below = Below(self._folders.among(files) | ends)
        emptied_above = Below(ends)
        changed = files | folders | gone
        for path in [path for path in self.links if path in changed or below.holds(path)]:
            del self.links[path]
        for path in [path for path in self._live if path in changed or below.holds(path)]:
            units = self._live.pop(path)
            if path in files and not emptied_above.holds(path):
                staying = {unit: seen for unit, seen in units.items() if (path, unit) in kept}
                if staying:
                    self._live[path] = staying

    def _cut_links(self, contents: Contents) -> None:
        """Forget links that a layer deletes: what it writes there leads nowhere else."""
        gone = set(contents.whiteouts)
        ended = Below(gone.union(contents.opaque))
        for link in [each for each in self.links if each in gone or ended.holds(each)]:
            del self.links[link]

    def _moves(self, files: set[str], folders: set[str], contents: Contents) -> dict[str, str]:
        """Paths of a layer that lead through links of the layers below, and where they end."""
        if not self.links:
            return {}
        parents = {path.rpartition("/")[0] for path in files}
        parents |= {path.rpartition("/")[0] for path in contents.whiteouts}
        parents |= set(contents.opaque)
        ordered = sorted(f"{parent}/" for parent in parents)
        crossing = {link for link in self.links if leads(link, ordered)} - folders - files
        if not crossing:
            return {}
        moved = {}
        for path in [*files, *folders, *contents.whiteouts, *contents.opaque]:
            if any(above in crossing for above in folders_above(path)):
                moved[path] = self._behind_links(path, self.links)
        for path in contents.opaque:
            if path in crossing:
                real = _follow(path, self.links)
                moved[path] = path if real is None else real
        return moved

    def _behind_links(self, path: str, links: Mapping[str, str]) -> str:
        """A path with links in its folders followed, its last part as it is."""
        if not any(above in links for above in folders_above(path)):
            return path
        folder, _, name = path.rpartition("/")
        real = _follow(folder, self.links)
        return path if real is None else f"{real}/{name}" if real else name


class _Folders:
    """Folders above paths: a file that takes the place of one hides what was below."""

    def __init__(self) -> None:
        self._known: set[str] = set()
        self._chars = 0

    def add(self, path: str) -> None:
        """Note what is above this path, as long as there is room."""
        for above in folders_above(path):
            if above in self._known or self._chars > MAX_REMEMBERED_CHARS:
                return
            self._known.add(above)
            self._chars += len(above)

    def among(self, paths: set[str]) -> set[str]:
        """Those paths that may be such a folder."""
        return paths if self._chars > MAX_REMEMBERED_CHARS else paths & self._known


class Below:
    """Whether a path lies below one of these; folders that were asked of are remembered."""

    def __init__(self, roots: set[str]) -> None:
        self._roots = roots
        self._known: dict[str, bool] = {"": "" in roots}
        self._chars = 0

    def holds(self, path: str) -> bool:
        """True when a folder above the path is among the roots; the empty path is the root."""
        if not self._roots:
            return False
        trail = []
        folder = path[: max(path.rfind("/"), 0)]
        while (known := self._known.get(folder)) is None:
            trail.append(folder)
            if folder in self._roots:
                known = True
                break
            folder = folder[: max(folder.rfind("/"), 0)]
        self._chars += sum(map(len, trail))
        if self._chars > MAX_REMEMBERED_CHARS:
            self._known, self._chars = {"": self._known[""]}, 0
        else:
            self._known.update(dict.fromkeys(trail, known))
        return known


def _names(packed: bytes) -> set[str]:
    """Paths of a NUL-separated list."""
    return set(packed.decode().split("\0")) - {""}


def _held(layer: Contents, paths: set[str]) -> set[str]:
    """Those of these paths that are files of the layer."""
    return paths.intersection(layer.files.decode().split("\0")) if paths else set()


def leads(link: str, folders: Sequence[str]) -> bool:
    """Whether one of these folders, in order and with a slash behind, is the link or below it."""
    at = bisect_left(folders, f"{link}/")
    return at < len(folders) and folders[at].startswith(f"{link}/")


def folders_above(path: str) -> Iterator[str]:
    """Every folder above a path, nearest first, without the root."""
    at = path.rfind("/")
    while at > 0:
        path = path[:at]
        yield path
        at = path.rfind("/")


def _follow(path: str, links: Mapping[str, str]) -> str | None:
    """Resolve a path inside the root, which is empty; ``None`` when links go round in circles."""
    done = ""
    parts = path.split("/")[::-1]
    followed = steps = 0
    while parts:
        part = parts.pop()
        steps += 1
        if steps > MAX_STEPS:
            return None
        if part in ("", "."):
            continue
        if part == "..":
            done = done.rpartition("/")[0]
            continue
        here = f"{done}/{part}" if done else part
        target = links.get(here)
        if target is None:
            done = here
            continue
        followed += 1
        if followed > MAX_FOLLOWED:
            return None
        if target.startswith("/"):
            done = ""
        parts.extend(target.split("/")[::-1])
    return done
