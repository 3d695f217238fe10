"""From what was read to a report: everything in one order, held against what is known."""

import os
from collections.abc import Iterable, Iterator, Mapping
from datetime import UTC, datetime
from operator import attrgetter

import msgspec

from hullmark.advisories import UNIT as VULNERABILITIES
from hullmark.advisories import Matched
from hullmark.advisories.malicious import TYPES, only_malicious
from hullmark.model import Artifact, ArtifactKind, Finding, Gap, Package, Report, Rule
from hullmark.model.finding import by_weight
from hullmark.model.go_symbols import GoSymbols
from hullmark.oci.verify import RULES
from hullmark.scan.finish import Inventory
from hullmark.scan.malice import is_found_again, with_lookalikes
from hullmark.scan.running import running_kernel
from hullmark.scan.settings import Settings
from hullmark.scan.spots import NOTHING_SEEN, Judged, told_before

NO_ADVISORIES = "no advisories are on hand: hullmark advisories update"


class _Told:
    """The inventory of a stored report."""

    def __init__(self, report: Report) -> None:
        self._report = report
        self.distribution = report.distribution
        self.resources = report.resources
        self.suppressed = report.suppressed
        self.go_symbols: Mapping[str, GoSymbols] = {}

    def packages(self) -> tuple[Package, ...]:
        """As they were found then."""
        return self._report.packages

    def owners(self, _: Iterable[str]) -> frozenset[tuple[str, str]]:
        """Nobody: a report does not tell which package owns a file."""
        return frozenset()


def again(stored: Report, settings: Settings) -> Report:
    """A stored report, held against what is known today."""
    report = report_of(
        artifact=stored.artifact,
        inventory=_Told(stored),
        findings=[
            each
            for each in stored.findings
            if not is_found_again(
                each, by_names=settings.malware, by_advisories=bool(settings.advisories)
            )
        ],
        content=told_before(stored),
        gaps=list(stored.gaps),
        units=stored.units,
        sandbox=stored.sandbox,
        settings=settings,
    )
    return msgspec.structs.replace(
        report, notes=stored.notes, scanners=stored.scanners, basis=stored.basis
    )


def report_of(
    *,
    artifact: Artifact,
    inventory: Inventory | _Told,
    findings: list[Finding],
    content: Judged = NOTHING_SEEN,
    gaps: list[Gap],
    units: Mapping[str, int],
    sandbox: str,
    settings: Settings,
) -> Report:
    """Everything in one order, with the vulnerabilities of what was found."""
    packages = inventory.packages()
    if artifact.kind is ArtifactKind.HOST and isinstance(inventory, Inventory):
        kernel = running_kernel(packages, os.uname().release)
        packages = tuple(sorted((*packages, *kernel), key=_package_order)) if kernel else packages
    known = _vulnerabilities(packages, inventory, artifact, settings)
    if settings.malware:
        known = with_lookalikes(known, packages)
    ordered = tuple(by_weight([*findings, *content.findings, *known.findings]))
    gaps = [*gaps, *known.gaps]
    missed = tuple(sorted(set(gaps), key=lambda gap: (gap.unit, gap.subject, gap.why, gap.layer)))
    return Report(
        artifact=artifact,
        distribution=inventory.distribution,
        packages=packages,
        resources=tuple(inventory.resources),
        findings=ordered,
        gaps=missed,
        suppressed=(*known.suppressed, *content.suppressed),
        rules={**known.rules, **content.rules, **_rules(ordered)},
        feeds={**known.feeds, **content.feeds},
        units=units,
        sandbox=sandbox,
        tool=settings.tool,
        subjects=content.subjects,
    )


def _package_order(package: Package) -> tuple[str, str]:
    return package.purl, package.path


def _vulnerabilities(
    packages: tuple[Package, ...],
    inventory: Inventory | _Told,
    artifact: Artifact,
    settings: Settings,
) -> Matched:
    """What is known of these packages, where somebody asked; without data that is a gap."""
    if not settings.vulnerabilities:
        packages = tuple(each for each in packages if each.type in TYPES)
    if not settings.advisories or not (settings.vulnerabilities or packages):
        return Matched()
    from hullmark.advisories.lifecycle import END_OF_LIFE_SOFTWARE, past_their_end  # noqa: PLC0415

    now = datetime.now(tz=UTC)
    today = now.date().isoformat() if settings.vulnerabilities else ""
    ended = tuple(past_their_end(packages, today)) if today else ()
    rules = {rule.id: rule for rule in (END_OF_LIFE_SOFTWARE,) if ended}
    if not os.path.exists(settings.advisories):
        gap = Gap(unit=VULNERABILITIES, subject="advisories", why=NO_ADVISORIES)
        return Matched(findings=ended, rules=rules, gaps=(gap,))
    # Orders of versions, scores and the store are for those alone who have advisories.
    from hullmark.advisories.match import matched  # noqa: PLC0415
    from hullmark.advisories.risk import Exposed  # noqa: PLC0415
    from hullmark.store.advisory_file import Advisories  # noqa: PLC0415

    owners = inventory.owners(artifact.exposure.files) if artifact.exposure else ()
    with Advisories.open(settings.advisories) as known:
        found = matched(
            packages,
            inventory.distribution,
            known,
            now=now,
            stale_days=settings.stale_days,
            exposed=Exposed(artifact.exposure, owners),
            programs=inventory.go_symbols,
            proofs=_proofs(inventory),
            running_kernel=_running(artifact, inventory),
        )
    if not settings.vulnerabilities:
        return only_malicious(found)
    return msgspec.structs.replace(
        found, findings=(*found.findings, *ended), rules={**found.rules, **rules}
    )


def _proofs(inventory: Inventory | _Told) -> Mapping[tuple[str, str, str], str]:
    """What a stored report told of functions that programs do not hold."""
    from hullmark.advisories.symbols import identity  # noqa: PLC0415 - as above

    aside = inventory.suppressed if isinstance(inventory, _Told) else ()
    return {identity(each.finding): each.by.reason for each in aside}


def _running(artifact: Artifact, inventory: Inventory | _Told) -> str | None:
    """The kernel that runs where the packages are: none in an image; not known of other places."""
    if artifact.kind is ArtifactKind.HOST and isinstance(inventory, Inventory):
        return os.uname().release
    return "" if artifact.kind is ArtifactKind.IMAGE else None


def _rules(findings: Iterable[Finding]) -> dict[str, Rule]:
    named = set(map(attrgetter("rule"), findings))
    return {rule.id: rule for rule in RULES if rule.id in named}


def weakness(held: str) -> Iterator[Gap]:
    """A jail that this kernel could not lock fully is told, not passed over."""
    _, without, missing = held.partition("; without ")
    if without:
        yield Gap(unit="sandbox", subject="worker", why=f"this kernel has no {missing}")
