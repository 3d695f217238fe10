"""What ends vulnerabilities: one version to go to for each package that has some."""

from collections.abc import Callable, Iterator, Sequence
from typing import NamedTuple

from hullmark.advisories.places import places_of
from hullmark.advisories.ranges import highest, judged
from hullmark.model import Fix, Kind, ParseError, Report
from hullmark.model.advisory import Affected
from hullmark.model.upgrade import Upgrade

MAX_STEPS = 10
"""From a version that has other vulnerabilities on to the next; projects have few such rows."""

MAX_LEFT = 20
"""Vulnerabilities named that an upgrade would bring."""

Entry = tuple[str, Affected]
"""What a record, by its id, says of a package."""


class Ahead(NamedTuple):
    """What is told of versions after the present one: of it alone an upgrade can fall foul.

    ``named`` answers the vulnerability that a record's id stands for, empty for none.
    """

    name: str
    scheme: str
    entries: Sequence[Entry]
    named: Callable[[str], str]

    def fix(self, fixed: str) -> Fix:
        """The way to the lowest version from ``fixed`` on that brings nothing else known.

        Where there is none within some steps it leads to ``fixed``, and says what that has.
        """
        first = self._left(fixed)
        version, left = fixed, first
        for _ in range(MAX_STEPS):
            if not left:
                return Fix(says=f"upgrade {self.name} to {version}", value=version)
            if not all(left.values()):
                break
            version = highest([*left.values()], self.scheme)
            left = self._left(version)
        leaves = tuple(sorted(first)[:MAX_LEFT])
        more = f" and {len(first) - MAX_LEFT} more" if len(first) > MAX_LEFT else ""
        says = f"upgrade {self.name} to {fixed}, which has {', '.join(leaves)}{more} instead"
        return Fix(says=says, value=fixed, leaves=leaves)

    def _left(self, version: str) -> dict[str, str]:
        """Vulnerabilities of a version, each with what ends it; empty where nothing does."""
        found: dict[str, str] = {}
        for id, affected in self.entries:
            try:
                verdict = judged(affected, version, self.scheme)
            except ParseError:
                continue  # told as a gap where the present version was judged
            if verdict.affected and (name := self.named(id)):
                ends = [verdict.fixed, found[name]] if name in found else [verdict.fixed]
                found[name] = highest(ends, self.scheme) if all(ends) else ""
        return found


def ahead(entries: Sequence[Entry], version: str, scheme: str) -> Iterator[Entry]:
    """What does not affect this version, but may affect a later one: few entries do."""
    for id, affected in entries:
        starts = [
            bound
            for each in affected.ranges
            if each.kind != "GIT"
            for event, bound in each.events
            if event == "introduced"
        ]
        if (affected.versions and not starts) or any(bound != "0" for bound in starts):
            try:
                if not judged(affected, version, scheme).affected:
                    yield id, affected
            except ParseError:
                continue  # told as a gap by who judges this version


def upgrades(report: Report) -> tuple[Upgrade, ...]:
    """For each package, by what a distribution builds it from, those that end most first."""
    packages = {package.purl: package for package in report.packages}
    fixes: dict[tuple[str, str, str, str], dict[str, Fix]] = {}
    for finding in report.findings:
        package = packages.get(finding.subject)
        if finding.kind is not Kind.VULNERABILITY or not finding.fix or not package:
            continue
        places = places_of(package, report.distribution)
        if not places:
            continue
        place = places[0]
        key = (place.ecosystem, place.name, place.version, place.scheme)
        fixes.setdefault(key, {})[finding.rule] = finding.fix
    found = [
        _upgrade(name, version, scheme, ends) for (_, name, version, scheme), ends in fixes.items()
    ]
    return tuple(sorted(found, key=lambda each: (-each.ends, each.package, each.version)))


def _upgrade(name: str, version: str, scheme: str, ends: dict[str, Fix]) -> Upgrade:
    to = highest([fix.value for fix in ends.values()], scheme)
    leaves = next((fix.leaves for fix in ends.values() if fix.value == to), ())
    return Upgrade(package=name, version=version, to=to, ends=len(ends), leaves=leaves)
