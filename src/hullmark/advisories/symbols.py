"""Whether a Go program holds the functions that an advisory calls vulnerable."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple

from msgspec.structs import replace

from hullmark.model import Finding
from hullmark.model.advisory import Import
from hullmark.model.exemption import Exemption, Suppressed
from hullmark.model.go_symbols import ABSENT, GoSymbols, holds

MAX_NAMED = 3
"""Functions that a finding names; of more it tells how many there are."""

NOT_PROVEN = "that the vulnerable functions are used is not proven"

_VENDORED = ("golang.org/x/",)
"""Modules that the standard library holds copies of, below ``vendor/``."""


def merged(all: Iterable[Sequence[Import]]) -> tuple[Import, ...]:
    """What several advisories name, those that name nothing left out."""
    found: dict[tuple[str, tuple[str, ...], tuple[str, ...]], dict[str, None]] = {}
    whole = set()
    for imports in all:
        for each in imports:
            where = each.path, each.goos, each.goarch
            found.setdefault(where, {}).update(dict.fromkeys(each.symbols))
            if not each.symbols:
                whole.add(where)
    return tuple(
        Import(path, () if (path, goos, goarch) in whole else tuple(names), goos, goarch)
        for (path, goos, goarch), names in found.items()
    )


class Use(NamedTuple):
    """``absent`` is true where it is proven that a program holds none of the functions."""

    says: str
    absent: bool = False


Identity = tuple[str, str, str]
"""Rule, package URL and path of a finding."""


def identity(finding: Finding) -> Identity:
    """By what a finding is known again."""
    return finding.rule, finding.subject, finding.evidence.path


class Programs:
    """The Go programs of an artifact, by path.

    ``proofs`` is what was told of functions that others did not hold when they were at hand.
    """

    def __init__(
        self, programs: Mapping[str, GoSymbols], proofs: Mapping[Identity, str] = {}
    ) -> None:
        self._programs = programs
        self._proofs = proofs
        self._read: tuple[str, Callable[[str, str], bool]] = "", lambda _path, _name: False

    def judged(
        self, found: Finding, module: str, imports: Sequence[Import]
    ) -> Finding | Suppressed:
        """A finding with what is known of the functions of a module that its advisory names."""
        if not imports:
            return found
        path = found.evidence.path
        use = self.use(path, module, imports, self._proofs.get(identity(found), ""))
        says = f"{found.evidence.says}; {use.says}"
        found = replace(found, evidence=replace(found.evidence, says=says))
        if not use.absent:
            return found
        by = Exemption(at=path, id=found.rule, purl=found.subject, reason=use.says)
        return Suppressed(finding=found, by=by)

    def use(self, path: str, module: str, imports: Sequence[Import], proof: str = "") -> Use:
        """What the program at a path has of these functions of a module.

        Where the program is not at hand, ``proof`` is what was told of them when it was.
        """
        program = self._programs.get(path)
        if program is None:
            absent = _absent(imports) if proof else None
            return absent if absent and proof == absent.says else Use(NOT_PROVEN)
        if self._read[0] != path:
            self._read = path, holds(program)
        within = self._read[1]
        mattering = [each for each in imports if _is_built_in(each, program)]
        found = list(_found(mattering, module, within))
        if found:
            return Use(f"vulnerable functions in the program: {_listed(found)}")
        if not mattering or (program.whole and module not in program.replaced):
            return _absent(imports)
        return Use(NOT_PROVEN)


def _is_built_in(each: Import, program: GoSymbols) -> bool:
    """Whether a package matters on what a program was built for; it does where that is unknown."""
    system = not program.goos or not each.goos or program.goos in each.goos
    return system and (not program.goarch or not each.goarch or program.goarch in each.goarch)


def _found(
    imports: Sequence[Import], module: str, within: Callable[[str, str], bool]
) -> Iterator[str]:
    for each in imports:
        paths = [each.path]
        if module == "stdlib" and each.path.startswith(_VENDORED):
            paths.append(f"vendor/{each.path}")
        for name in each.symbols or ("",):
            if any(within(path, name) for path in paths):
                yield _called(each, name)


def _absent(imports: Sequence[Import]) -> Use:
    return Use(f"{ABSENT}: {_listed(list(_all(imports)))}", absent=True)


def _all(imports: Sequence[Import]) -> Iterator[str]:
    for each in imports:
        for name in each.symbols or ("",):
            yield _called(each, name)


def _called(each: Import, name: str) -> str:
    """A function as Go's programmers write it, by the last part of its path, and what it is for."""
    called = f"{each.path.rpartition('/')[2]}.{name}" if name else each.path
    only = " or ".join((*each.goos, *each.goarch))
    return f"{called} ({only} only)" if only else called


def _listed(names: Sequence[str]) -> str:
    more = len(names) - MAX_NAMED
    return ", ".join(names[:MAX_NAMED]) + (f" and {more} more" if more > 0 else "")
