"""The files of a tree's charts, gathered in a walk of their own.

A chart is a folder with a Chart.yaml that lies in no other chart's ``charts``. Helm follows links
in a chart; those of its best known parts, and of charts that it asks for, are followed here within
the tree.
"""

import os
from collections.abc import Iterable, Iterator, Mapping
from posixpath import join, normpath
from re import compile as regex

from msgspec import Struct

from hullmark.charts import Answer
from hullmark.unit import OpenTree, TreeFile

CHART, CHARTS = "Chart.yaml", "charts"
PARTS = ("templates", CHARTS, "crds", "values.yaml", "values.schema.json", ".helmignore")
"""What of a chart may be a link."""

MAX_CHART_BYTES = 32 * 1024 * 1024
"""Of what renders: metadata, values, templates, charts below it. Whole platforms have 8 MiB."""

MAX_OTHER_BYTES = 8 * 1024 * 1024
"""Of all else, which templates may ask for (``.Files``)."""

MAX_CHART_FILES = 10_000
"""Of either kind, each."""

MAX_FILE_BYTES = 5 * 1024 * 1024
"""Helm's own bound."""

MAX_WAITING_BYTES = 256 * 1024 * 1024
"""Of charts that are gathered at the same time, since they lie in each other or share folders."""

MAX_NAMED = 10
"""Charts that are named as missing."""

_HIDDEN = (".git/", ".git")
is_template = regex(r"(?:charts/[^/._][^/]*/)*templates/").match


class Asked(Struct, frozen=True, kw_only=True):
    """A chart's folder, and what else belongs to it: paths of the tree to paths in the chart."""

    folder: str
    also: Mapping[str, str] = {}


class Gathered:
    """A chart's files by their paths in it, where they lie in the tree, and what was left out."""

    def __init__(self, asked: Asked) -> None:
        self.asked = asked
        self.files: dict[str, bytes] = {}
        self.origin: dict[str, str] = {}
        self.problem = ""
        self.left_out = 0
        self._bytes = {True: 0, False: 0}
        self._counts = {True: 0, False: 0}

    @property
    def size(self) -> int:
        """Bytes of all files."""
        return sum(self._bytes.values())

    def add(self, path: str, file: TreeFile) -> None:
        """Read a file, where the bounds have room for it."""
        if path.startswith(_HIDDEN) or path in self.files:
            return
        renders = _renders(path)
        most = MAX_CHART_BYTES if renders else MAX_OTHER_BYTES
        full = self._counts[renders] >= MAX_CHART_FILES or self._bytes[renders] + file.size > most
        if full or file.size > MAX_FILE_BYTES:
            self._refuse(path, renders=renders)
            return
        try:
            data = _read(file)
        except OSError as error:
            self.problem = self.problem or f"{path} was not read: {error.strerror}"
            return
        self._counts[renders] += 1
        self._bytes[renders] += len(data)
        self.files[path] = data
        self.origin[path] = file.path

    def _refuse(self, path: str, *, renders: bool) -> None:
        if renders:
            bounds = f"{MAX_CHART_FILES} files, {MAX_CHART_BYTES} bytes, {MAX_FILE_BYTES} of each"
            self.problem = self.problem or f"{path} is beyond what is read of a chart: {bounds}"
        else:
            self.left_out += 1


def gathered(tree: OpenTree, wanted: Iterable[Asked]) -> Iterator[Gathered]:
    """The files of these charts, each chart as soon as the walk has left all of its folders."""
    waiting = [Gathered(each) for each in wanted]
    places: dict[str, list[tuple[Gathered, str]]] = {}
    for each in waiting:
        places.setdefault(each.asked.folder, []).append((each, ""))
        for path, inside in each.asked.also.items():
            places.setdefault(path, []).append((each, inside))
    brief: dict[int, Gathered] = {}
    lasting: dict[int, Gathered] = {}
    held = 0
    for file in tree.walk([]):
        for done in [each for each in brief.values() if _is_left(each.asked, file.path)]:
            held -= done.size
            yield brief.pop(id(done))
        for into, path in _in(places, file.path):
            (brief if _may_be_left(into.asked) else lasting)[id(into)] = into
            if held > MAX_WAITING_BYTES:
                into.problem = f"more than {MAX_WAITING_BYTES} bytes of charts at once"
                continue
            before = into.size
            into.add(path, file)
            held += into.size - before
    yield from (*brief.values(), *lasting.values())


def top_charts(found: Iterable[str]) -> list[str]:
    """Those folders of charts that lie in no other's ``charts``."""
    folders = list(found)
    known = set(folders)
    return [each for each in folders if not any(above in known for above in _owners(each))]


def linked(tree: OpenTree, folder: str, names: Iterable[str]) -> dict[str, str]:
    """Of these names in a chart those that are links within the tree: target to name."""
    found = {}
    for name in names:
        path = join(folder, name)
        target = tree.links(path)
        inside = within(os.path.dirname(path), target) if target else ""
        if inside:
            found[inside] = name
    return found


def shortfalls(chart: Gathered, answer: Answer) -> Iterator[str]:
    """What a chart lacks that is rendered."""
    if answer.missing:
        names = ", ".join(name for name, _ in answer.missing[:MAX_NAMED])
        yield f"charts that it asks for are not in {CHARTS}/ and not judged: {names}"
    if chart.left_out and any(b".Files" in each for each in chart.files.values()):
        yield f"{chart.left_out} files that templates may ask for are beyond what is read"


def origin_of(chart: Gathered, path: str) -> str:
    """Where a template lies in the tree, or in which archive."""
    outer, inside, rest = path.partition("!/")
    place = chart.origin.get(outer) or f"{chart.asked.folder}/{outer}".lstrip("/")
    return f"{place}{inside}{rest}"


def within(folder: str, target: str) -> str:
    """A relative target, seen from a folder, as a path of the tree; empty where it leads out."""
    path = normpath(join(folder, target))
    return "" if target.startswith("/") or path in (".", "..") or path.startswith("../") else path


def _owners(folder: str) -> Iterator[str]:
    """Folders in whose ``charts`` this one would lie."""
    parts = folder.split("/")
    for index, part in enumerate(parts[:-1]):
        if part == CHARTS:
            yield "/".join(parts[:index])


def _in(
    places: Mapping[str, list[tuple[Gathered, str]]], path: str
) -> Iterator[tuple[Gathered, str]]:
    """The charts that a file belongs to, and its path in each."""
    above = path
    while True:
        rest = path[len(above) :].lstrip("/")
        for into, inside in places.get(above, ()):
            yield into, "/".join(filter(None, (inside, rest)))
        if not above:
            return
        above = above.rpartition("/")[0]


def _may_be_left(asked: Asked) -> bool:
    """Whether a chart lies in one folder, which a walk enters once."""
    return bool(asked.folder) and not asked.also


def _is_left(asked: Asked, path: str) -> bool:
    """Whether a walk that is here has left such a chart's folder."""
    return not path.startswith(f"{asked.folder}/")


def _renders(path: str) -> bool:
    """Whether a file decides what a chart renders, beside those that templates ask for."""
    first, slash, _ = path.partition("/")
    return not slash or first in ("templates", CHARTS, "crds")


def _read(file: TreeFile) -> bytes:
    """All of a file that is no longer than it was said to be."""
    fd = file.open("")
    try:
        pieces = []
        left = MAX_FILE_BYTES
        while left and (piece := os.read(fd, left)):
            pieces.append(piece)
            left -= len(piece)
        return b"".join(pieces)
    finally:
        os.close(fd)
