"""From a report to the packages to bring elsewhere, each with the findings that it ends."""

from collections.abc import Mapping, Sequence
from re import ASCII
from re import compile as regex

from msgspec import Struct
from msgspec.structs import replace

from hullmark.advisories.places import OF_SYSTEM, Place, places_of
from hullmark.advisories.upgrades import upgrades
from hullmark.fix import Outcome
from hullmark.model import Finding, Kind, Package, ParseError, Report
from hullmark.model.exemption import Suppressed
from hullmark.model.mending import Wanted
from hullmark.versions import compare

_PLAIN = regex(r"[0-9A-Za-z][0-9A-Za-z.+~:_!-]{0,200}\Z", ASCII).match
_SHORT = regex(r"[0-9]+(?:\.[0-9]+)?\Z", ASCII).match
_THREE_NUMBERS = ("hex", "npm", "semver", "swift")

NO_FIX = "no version is known that ends it"


class Wish(Struct, frozen=True, kw_only=True):
    """A package to bring to a version. ``outcomes`` are those of its findings, still left."""

    wanted: Wanted
    scheme: str
    outcomes: tuple[Outcome, ...]


def before(scheme: str, one: str, other: str) -> bool:
    """Whether a version comes before another; ranges of npm and Cargo write ``1.2`` for 1.2.0."""
    return compare(scheme, _full(scheme, one), _full(scheme, other)) < 0


def wishes(report: Report, only: Sequence[str]) -> tuple[list[Wish], list[Outcome]]:
    """What to bring where, and the outcomes of findings for which there is nothing to do."""
    packages = {(each.purl, each.path): each for each in report.packages}
    targets = _targets(report)
    held = _held(report)
    found: dict[Wanted, list[Outcome]] = {}
    schemes: dict[Wanted, str] = {}
    left = [_exempt(each, packages) for each in report.suppressed if _is_ours(each.finding)]
    for finding in report.findings:
        if not _is_ours(finding):
            continue
        package = packages.get((finding.subject, finding.evidence.path))
        places = places_of(package, report.distribution) if package else ()
        if package is None or not places:
            left.append(_outcome(finding, None, "", "its package is not in the report"))
            continue
        place = places[0]
        if only and not {package.full_name, package.name, place.name} & set(only):
            left.append(_outcome(finding, package, "", "not asked for"))
            continue
        to = targets.get((package.type, place.name, place.version), "")
        why = _why_not(finding, package, place, to)
        if why:
            left.append(_outcome(finding, package, to, why))
            continue
        wanted = Wanted(
            type=package.type,
            name=package.full_name,
            version=package.version,
            to=to,
            path=package.path,
            direct=package.direct,
            alone=len(held[package.path, package.type, package.full_name]) == 1,
        )
        schemes[wanted] = place.scheme
        found.setdefault(wanted, []).append(_outcome(finding, package, to, ""))
    return [
        Wish(wanted=wanted, scheme=schemes[wanted], outcomes=tuple(outcomes))
        for wanted, outcomes in found.items()
    ], left


def _is_ours(finding: Finding) -> bool:
    return finding.kind is Kind.VULNERABILITY


def _exempt(each: Suppressed, packages: Mapping[tuple[str, str], Package]) -> Outcome:
    finding = each.finding
    package = packages.get((finding.subject, finding.evidence.path))
    return _outcome(finding, package, "", f"it is exempt by {each.by.at}")


def _targets(report: Report) -> Mapping[tuple[str, str, str], str]:
    """The version to go to by type, name and version; types apart, for their names may meet."""
    found = {}
    for type in sorted({package.type for package in report.packages}):
        mine = tuple(package for package in report.packages if package.type == type)
        for each in upgrades(replace(report, packages=mine)):
            found[type, each.package, each.version] = each.to
    return found


def _held(report: Report) -> Mapping[tuple[str, str, str], set[str]]:
    """The versions of a package that one file tells of."""
    found: dict[tuple[str, str, str], set[str]] = {}
    for each in report.packages:
        found.setdefault((each.path, each.type, each.full_name), set()).add(each.version)
    return found


def _why_not(finding: Finding, package: Package, place: Place, to: str) -> str:
    """Why nothing is to be done for a finding; empty when something is."""
    if not finding.fix or not finding.fix.value or not to:
        return NO_FIX
    if not _PLAIN(to):
        return f"{to[:80]!r} is no version that is written into a file"
    if package.type in OF_SYSTEM and place.version != package.version:
        return f"{package.full_name} is built from {place.name}, whose versions are others"
    return _too_low(place.scheme, to, finding.fix.value)


def _too_low(scheme: str, to: str, end: str) -> str:
    """Why a version does not end a finding that another ends; empty when it does."""
    try:
        if before(scheme, to, end):
            return f"only {end} ends it, and {to} is what the package is brought to"
    except ParseError as error:
        return str(error)
    return ""


def _outcome(finding: Finding, package: Package | None, to: str, why: str) -> Outcome:
    return Outcome(
        rule=finding.rule,
        package=package.full_name if package else finding.subject,
        version=package.version if package else "",
        path=finding.evidence.path,
        to=to,
        why=why,
    )


def _full(scheme: str, version: str) -> str:
    if scheme in _THREE_NUMBERS and _SHORT(version):
        return version + ".0" * (2 - version.count("."))
    return version
