"""Values by the globs that a path matches, with a few look-ups however many globs there are."""

from collections.abc import Callable
from typing import Generic, TypeVar

from hullmark.model.globs import glob

Value = TypeVar("Value")

START_CHARS = 3
"""Of a name, by which globs that say no more than how it begins are found."""

_Rule = tuple[str, Callable[[str], object] | None, Value]
"""What a path must hold literally, the whole pattern if that is not all, and what it is for."""

_Rules = dict[str, list[_Rule[Value]]]


class Lookup(Generic[Value]):
    """Globs, found by name, ending, start or folder of a path; one without a slash is of names."""

    def __init__(self) -> None:
        self._names: _Rules[Value] = {}
        self._endings: _Rules[Value] = {}
        self._starts: _Rules[Value] = {}
        self._folders: _Rules[Value] = {}
        self._parents: _Rules[Value] = {}

    def add(self, name: str, value: Value) -> None:
        """Have ``value`` found for paths that this glob matches.

        Raises ``ValueError`` when there is nothing in it to look up.
        """
        folder, _, last = name.rpartition("/")
        whole = _Whole(name if folder else f"**/{name}")
        dot = last.rfind(".")
        start, parent = last.partition("*")[0], folder.rpartition("/")[2]
        rules, key, pattern = self._names, last, whole if folder else None
        if "*" in last:
            if dot >= 0 and "*" not in last[dot:]:
                rules, key = self._endings, last[dot:]
                pattern = None if not folder and last == f"*{key}" else whole
            elif folder and "*" not in folder:
                rules, key, pattern = self._folders, folder, whole
            elif len(start) >= START_CHARS:
                rules, key, pattern = self._starts, start[:START_CHARS], whole
            elif parent and "*" not in parent:
                rules, key, pattern = self._parents, parent, whole
            else:
                raise ValueError(
                    f"{value}: {name!r} has no literal name, ending or folder to look up"
                )
        rules.setdefault(key, []).append((_literal(name), pattern, value))

    def find(self, path: str) -> list[Value]:
        """All values of globs that match, each as often as they do."""
        folder, _, name = path.rpartition("/")
        dot = name.rfind(".")
        found = self._names.get(name)
        by_ending = self._endings.get(name[dot:]) if dot >= 0 else None
        by_folder = self._folders.get(folder)
        by_start = self._starts.get(name[:START_CHARS]) if self._starts else None
        by_parent = self._parents.get(folder.rpartition("/")[2]) if self._parents else None
        if found is by_ending is by_folder is by_start is by_parent is None:
            return []
        return [
            value
            for rules in (found, by_ending, by_folder, by_start, by_parent)
            for literal, pattern, value in rules or ()
            if literal in path and (pattern is None or pattern(path))
        ]


class _Whole:
    """A glob that is compiled for the first path that may match: few of hundreds ever are."""

    __slots__ = ("_matches", "_name")

    def __init__(self, name: str) -> None:
        self._name = name
        self._matches: Callable[[str], object] | None = None

    def __call__(self, path: str) -> object:
        """Whether it matches."""
        if self._matches is None:
            self._matches = glob(self._name).fullmatch
        return self._matches(path)


def _literal(name: str) -> str:
    """The longest text that every path of a pattern holds: looked for before the pattern is."""
    return max(name.removeprefix("**/").replace("**/", "*").split("*"), key=len)
