"""What ends vulnerabilities: one version to go to for each package that has some."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

from hullmark.advisories.places import places_of
from hullmark.advisories.ranges import begins_later, highest, is_before, judged
from hullmark.model import Fix, Kind, ParseError, Report
from hullmark.model.advisory import Affected
from hullmark.model.finding import kinds
from hullmark.model.upgrade import Upgrade

MAX_STEPS = 10
"""From a version that has other vulnerabilities on to the next; projects have few such rows."""

MAX_LEFT = 20
"""Vulnerabilities named that an upgrade would bring."""

Entry = tuple[str, Affected]
"""What a record, by its id, says of a package."""

Begun = tuple[str, str, Affected]
"""The same, after the version from which on it does, empty for any."""


class Ahead:
    """What is told of versions after the present one: of it alone an upgrade can fall foul.

    ``named`` answers the vulnerabilities that a record's id stands for. ``ends`` are what first
    ends those that the present version has, by name, empty where nothing does.
    """

    def __init__(
        self,
        name: str,
        scheme: str,
        entries: Sequence[Begun],
        named: Callable[[str], Iterable[str]],
        ends: Mapping[str, str],
    ) -> None:
        self._name = name
        self._scheme = scheme
        self._entries = entries
        self._named = named
        self._ends = ends
        self._known: dict[str, dict[str, str]] = {}

    def fix(self, fixed: str) -> Fix:
        """The way to the lowest version from ``fixed`` on that brings nothing else known.

        Where none is found within some steps it leads to the one that brings least.
        """
        version = best = fixed
        for _ in range(MAX_STEPS):
            left = self._at(version)
            if len(left) < len(self._at(best)):
                best = version
            ends = [end for end in left.values() if end]
            if not ends:
                break
            version = highest(ends, self._scheme)
        says, left = f"upgrade {self._name} to {best}", self._at(best)
        if not left:
            return Fix(says=says, value=best)
        leaves = tuple(sorted(left)[:MAX_LEFT])
        more = f" and {len(left) - MAX_LEFT} more" if len(left) > MAX_LEFT else ""
        when = "again" if any(name in self._ends for name in left) else "instead"
        says = f"{says}, which has {', '.join(leaves)}{more} {when}"
        return Fix(says=says, value=best, leaves=leaves)

    def _at(self, version: str) -> dict[str, str]:
        if version not in self._known:
            self._known[version] = self._left(version)
        return self._known[version]

    def _left(self, version: str) -> dict[str, str]:
        """Vulnerabilities of a version, each with what ends it; empty where nothing does."""
        found: dict[str, str] = {}
        for begin, id, affected in self._entries:
            listed = version in affected.versions
            try:
                if begin and not listed and is_before(version, begin, self._scheme):
                    continue
                verdict = judged(affected, version, self._scheme)
            except ParseError:
                continue  # told as a gap where the present version was judged
            for name in self._named(id) if verdict.affected else ():
                if name in self._ends and not self._has_ended(name, version):
                    continue
                ends = [verdict.fixed, found[name]] if name in found else [verdict.fixed]
                found[name] = highest(ends, self._scheme) if all(ends) else ""
        return found

    def _has_ended(self, name: str, version: str) -> bool:
        """Whether what the present version has ends before this one, so that it begins again."""
        end = self._ends[name]
        return bool(end) and highest([version, end], self._scheme) == version


def ahead(entries: Sequence[Entry], version: str, scheme: str) -> Iterator[Begun]:
    """What begins to affect a version after this one, whether or not it affects this one too."""
    for id, affected in entries:
        try:
            begin = begins_later(affected, version, scheme)
        except ParseError:
            continue  # told as a gap by who judges this version
        if begin is not None:
            yield begin, id, affected


def upgrades(report: Report) -> tuple[Upgrade, ...]:
    """For each package, by what a distribution builds it from, those that end most first."""
    if Kind.VULNERABILITY not in kinds(report.findings):
        return ()
    packages = {package.purl: package for package in report.packages}
    fixes: dict[tuple[str, str, str, str], dict[str, Fix]] = {}
    for finding in report.findings:
        if finding.kind is not Kind.VULNERABILITY or not finding.fix:
            continue
        package = packages.get(finding.subject)
        if not package:
            continue
        places = places_of(package, report.distribution)
        if not places:
            continue
        place = places[0]
        key = (place.ecosystem, place.called, place.version, place.scheme)
        fixes.setdefault(key, {})[finding.rule] = finding.fix
    found = [
        _upgrade(name, version, scheme, ends) for (_, name, version, scheme), ends in fixes.items()
    ]
    return tuple(sorted(found, key=lambda each: (-each.ends, each.package, each.version)))


def _upgrade(name: str, version: str, scheme: str, ends: dict[str, Fix]) -> Upgrade:
    to = highest([fix.value for fix in ends.values()], scheme)
    leaves = next((fix.leaves for fix in ends.values() if fix.value == to), ())
    return Upgrade(package=name, version=version, to=to, ends=len(ends), leaves=leaves)
