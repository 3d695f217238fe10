"""From Helm's path of a template to the file of the tree, or of an archive in it.

Helm calls charts by their names, or by the aliases under which others ask for them; folders and
archives have names of their own.
"""

from collections.abc import Iterator, Mapping

from msgspec import Struct

from hullmark.model import yaml
from hullmark.model.documents import DocumentError

FILE = "file://"
MAX_CHART_YAML_BYTES = 1024 * 1024
CHART, CHARTS, ARCHIVES = "Chart.yaml", "charts/", (".tgz", ".tar.gz")


class Dependency(Struct):
    """A chart asked for, and what it is called here."""

    name: str = ""
    alias: str | None = None
    repository: str | None = None


class Chart(Struct):
    """The fields of a Chart.yaml that are read."""

    name: str = ""
    dependencies: list[Dependency] | None = None


class Places:
    """The files of one chart by their paths below its folder."""

    def __init__(self, files: Mapping[str, bytes]) -> None:
        self._files = files
        self._charts: dict[str, Chart] = {}
        self._below: dict[str, dict[str, None]] = {}
        for path in files:
            for head, entry in _entries(path):
                self._below.setdefault(head, {})[entry] = None

    def of(self, path: str) -> str:
        """Where a template is, of which Helm says ``web/charts/redis/templates/a.yaml``."""
        _, _, rest = path.partition("/")
        at = ""
        while rest.startswith(CHARTS):
            name, _, below = rest.removeprefix(CHARTS).partition("/")
            real = self._real_name(at, name)
            folder = self._folder(at, name, real)
            if not folder:
                archive = self._archive(at, real)
                return f"{archive}!/{real}/{below}" if archive else f"{at}{rest}"
            at, rest = folder, below
        return f"{at}{rest}"

    def missing(self) -> list[tuple[str, str]]:
        """Charts that this one asks for and that are not there, as ``Answer`` tells them."""
        asked = self._chart(CHART).dependencies or []
        return sorted(
            (each.name, folder_of(each.repository or ""))
            for each in asked
            if not self._folder("", each.name, each.name) and not self._archive("", each.name)
        )

    def _real_name(self, at: str, name: str) -> str:
        asked = self._chart(f"{at}{CHART}").dependencies or []
        return next((each.name for each in asked if each.alias == name), name)

    def _folder(self, at: str, name: str, real: str) -> str:
        """The folder of a chart in another's ``charts``, with a slash; empty if there is none."""
        there = [each for each in self._below.get(at, ()) if f"{each}{CHART}" in self._files]
        for wanted in (real, name):
            for each in there:
                if self._chart(f"{each}{CHART}").name == wanted:
                    return each
        return next((each for each in there if each == f"{at}{CHARTS}{real}/"), "")

    def _archive(self, at: str, real: str) -> str:
        start = f"{at}{CHARTS}{real}-"
        known = (each for each in self._files if each.startswith(start))
        return next((each for each in known if each.endswith(ARCHIVES)), "")

    def _chart(self, path: str) -> Chart:
        if path not in self._charts:
            self._charts[path] = _read(self._files.get(path, b""))
        return self._charts[path]


def folder_of(repository: str) -> str:
    """The folder that a repository is, relative to the chart; empty where it is none."""
    return repository.removeprefix(FILE) if repository.startswith(FILE) else ""


def _entries(path: str) -> Iterator[tuple[str, str]]:
    """For ``a/charts/b/x`` the chart ``a/`` and the folder ``a/charts/b/`` in it."""
    place = 0 if path.startswith(CHARTS) else path.find(f"/{CHARTS}") + 1
    while place or path.startswith(CHARTS):
        end = path.find("/", place + len(CHARTS))
        if end < 0:
            return
        yield path[:place], path[: end + 1]
        following = path.find(f"/{CHARTS}", end)
        if following < 0:
            return
        place = following + 1


def _read(data: bytes) -> Chart:
    """A Chart.yaml as far as it can be read: names of files stand in for its own."""
    try:
        return yaml.decode(data[:MAX_CHART_YAML_BYTES], Chart)
    except DocumentError:
        return Chart()
