"""What ends vulnerabilities: one version to go to for each package that has some."""

from hullmark.advisories.places import places_of
from hullmark.advisories.ranges import highest
from hullmark.model import Kind, Report
from hullmark.model.upgrade import Upgrade


def upgrades(report: Report) -> tuple[Upgrade, ...]:
    """For each package, by what a distribution builds it from, those that end most first."""
    packages = {package.purl: package for package in report.packages}
    fixes: dict[tuple[str, str, str, str], dict[str, str]] = {}
    for finding in report.findings:
        package = packages.get(finding.subject)
        if finding.kind is not Kind.VULNERABILITY or not finding.fix or not package:
            continue
        places = places_of(package, report.distribution)
        if not places:
            continue
        place = places[0]
        key = (place.ecosystem, place.name, place.version, place.scheme)
        fixes.setdefault(key, {})[finding.rule] = finding.fix.value
    found = [
        Upgrade(package=name, version=version, to=highest([*ends.values()], scheme), ends=len(ends))
        for (_, name, version, scheme), ends in fixes.items()
    ]
    return tuple(sorted(found, key=lambda each: (-each.ends, each.package, each.version)))
