"""Where objects of a tree come from, and which of them may meet in one cluster.

A tree holds several environments, of which each goes to a cluster, or a namespace, of its own:
``overlays/dev`` and ``overlays/prod``, ``web-staging.yaml`` and ``web-prod.yaml``. What lies beside
them (``base``) goes to all.
"""

from collections.abc import Iterable, Iterator, Mapping
from functools import lru_cache
from re import compile as regex

from msgspec import Struct

_HOLDERS = frozenset(
    (
        *("overlays", "environments", "environment", "envs", "env", "clusters", "regions"),
        *("examples", "example", "samples", "sample", "demos", "tests", "testdata", "fixtures"),
        "variants",
    )
)
"""Folders whose entries are alternatives to each other."""

_WORDS: Mapping[str, str] = {
    **dict.fromkeys(("dev", "develop", "development"), "dev"),
    **dict.fromkeys(("prod", "production", "prd", "live"), "prod"),
    **dict.fromkeys(("staging", "stage", "stg"), "staging"),
    **dict.fromkeys(("test", "testing", "tst", "qa", "uat"), "test"),
    **dict.fromkeys(("preprod", "preproduction"), "preprod"),
    **dict.fromkeys(("local", "sandbox", "minikube"), "local"),
}
"""Words in names of folders and files, and the environment that they stand for."""

_split = regex(r"[-_.]").split

MAX_CHOICES = 16
"""Of one path, the outermost; people make two."""

MAX_KEPT = 100_000
"""Of places that are remembered, some hundred bytes each."""


class Place(Struct, frozen=True):
    """A file's place: its ``path``, its ``folder`` with a slash behind (empty at the root).

    ``environment`` is what its names say it is for, ``choices`` the folders with which it is one
    of several alternatives, outermost first. ``rendered`` says that a tool made the objects, all
    that there are, ``release`` of which chart, whose objects are installed into one namespace.
    """

    path: str = ""
    folder: str = ""
    environment: str = ""
    choices: tuple[str, ...] = ()
    layer: str = ""
    rendered: bool = False
    release: str = ""


NOWHERE = Place()
"""Of objects that are read alone."""


def place(path: str, layer: str = "", *, rendered: bool = False, release: str = "") -> Place:
    """The place of the file at a path."""
    parts = path.split("/")
    environment = ""
    choices: list[str] = []
    for index, part in enumerate(parts):
        is_last = index == len(parts) - 1
        words = _split(part.lower())
        found = [_WORDS[word] for word in (words[:-1] if is_last else words) if word in _WORDS]
        if found:
            environment = found[-1]
        if index and parts[index - 1] in _HOLDERS and not is_last and len(choices) < MAX_CHOICES:
            choices.append("/".join(parts[: index + 1]))
    folder = path[: path.rfind("/") + 1]
    return Place(path, folder, environment, tuple(choices), layer, rendered, release)


def together(one: Place, other: Place) -> bool:
    """Whether what lies at two places may be in one cluster: nothing tells that it is not."""
    if one.path == other.path:
        return True
    if one.environment and other.environment and one.environment != other.environment:
        return False
    if not one.choices or not other.choices:
        return True
    return not _are_alternatives(one.choices, other.choices)


@lru_cache(maxsize=MAX_KEPT)
def _are_alternatives(some: tuple[str, ...], others: tuple[str, ...]) -> bool:
    """Whether two paths part where one of several entries is chosen."""
    chosen = {each.rpartition("/")[0]: each for each in some}
    return any(chosen.get(each.rpartition("/")[0], each) != each for each in others)


def near(one: Place, other: Place) -> bool:
    """Whether two places are those of one application: one folder, or one inside of the other.

    What charts render belongs to what the same chart does.
    """
    if one.release and other.release:
        return one.release == other.release
    if not one.folder or not other.folder:
        return one.folder == other.folder
    return one.folder.startswith(other.folder) or other.folder.startswith(one.folder)


class Unread:
    """Places of files that hold objects which nobody read; ``near`` one nothing is surely missing.

    Templates and files that break off are such, and kustomizations that make objects.
    """

    def __init__(self, paths: Iterable[str] = ()) -> None:
        self._own = {path[: path.rfind("/") + 1] for path in paths}
        self._around = {outer for folder in self._own for outer in outer_folders(folder)}

    def is_near(self, place: Place) -> bool:
        """Whether one of these files is near to a place."""
        if not self._own or place.rendered:
            return False
        folder = place.folder
        return folder in self._around or any(each in self._own for each in outer_folders(folder))


def outer_folders(folder: str) -> Iterator[str]:
    """A folder and those around it, without the root unless it is the folder."""
    yield folder
    while (cut := folder.rfind("/", 0, len(folder) - 1)) >= 0:
        folder = folder[: cut + 1]
        yield folder
