"""Whether a Go program holds the functions that an advisory calls vulnerable."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple

from hullmark.model.go_symbols import ABSENT, GoSymbols, holds

MAX_NAMED = 3
"""Functions that a finding names; of more it tells how many there are."""

NOT_PROVEN = "that the vulnerable functions are used is not proven"

Symbols = Mapping[str, Sequence[str]]
"""Functions by import path; for none, all of a package."""

_VENDORED = ("golang.org/x/",)
"""Modules that the standard library holds copies of, below ``vendor/``."""


def merged(all: Iterable[Symbols]) -> Symbols:
    """What several advisories name, those that name nothing left out."""
    found: dict[str, dict[str, None]] = {}
    whole: set[str] = set()
    for each in all:
        for path, names in each.items():
            found.setdefault(path, {}).update(dict.fromkeys(names))
            if not names:
                whole.add(path)
    return {path: () if path in whole else tuple(names) for path, names in found.items()}


class Use(NamedTuple):
    """``absent`` is true where it is proven that a program holds none of the functions."""

    says: str
    absent: bool = False


class Programs:
    """The Go programs of an artifact, by path."""

    def __init__(self, programs: Mapping[str, GoSymbols]) -> None:
        self._programs = programs
        self._read: tuple[str, Callable[[str, str], bool]] = "", lambda _path, _name: False

    def use(self, path: str, module: str, symbols: Symbols) -> Use:
        """What the program at a path has of these functions of a module."""
        program = self._programs.get(path)
        if program is None:
            return Use(NOT_PROVEN)
        if self._read[0] != path:
            self._read = path, holds(program)
        within = self._read[1]
        found = list(_found(symbols, module, within))
        if found:
            return Use(f"vulnerable functions in the program: {_listed(found)}")
        if program.whole and module not in program.replaced:
            every = ((where, name) for where, all in symbols.items() for name in all or ("",))
            names = _listed([_called(*each) for each in every])
            says = f"{ABSENT}: {names}"
            return Use(says, absent=True)
        return Use(NOT_PROVEN)


def _found(symbols: Symbols, module: str, within: Callable[[str, str], bool]) -> Iterator[str]:
    for path, names in symbols.items():
        paths = [path]
        if module == "stdlib" and path.startswith(_VENDORED):
            paths.append(f"vendor/{path}")
        for name in names or ("",):
            if any(within(each, name) for each in paths):
                yield _called(path, name)


def _called(path: str, name: str) -> str:
    """A function as Go's programmers write it: by the last part of its import path."""
    return f"{path.rpartition('/')[2]}.{name}" if name else path


def _listed(names: Sequence[str]) -> str:
    more = len(names) - MAX_NAMED
    return ", ".join(names[:MAX_NAMED]) + (f" and {more} more" if more > 0 else "")
