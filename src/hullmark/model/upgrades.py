"""What to tell of vulnerabilities: each once, and what ends most of them."""

from collections.abc import Iterable

from msgspec import Struct

from hullmark.model.finding import Finding, Severity
from hullmark.model.report import Report


class Told(Struct, frozen=True):
    """One vulnerability of one package, however many places have it."""

    severity: Severity
    risk: str
    id: str
    package: str
    version: str
    fixed: str


class Upgrade(Struct, frozen=True, order=True):
    """A version to go to; ``package`` is what a distribution builds it from."""

    package: str
    version: str
    fixed: str


def told(report: Report, findings: Iterable[Finding]) -> list[Told]:
    """In the order of the findings."""
    packages = {package.purl: package for package in report.packages}
    rows: dict[Told, None] = {}
    for finding in findings:
        package = packages.get(finding.subject)
        risk = "" if finding.score is None else f"{finding.score:.0f}"
        name, version = (package.full_name, package.version) if package else (finding.subject, "")
        fixed = finding.fix.value if finding.fix else "-"
        rows[Told(finding.severity, risk, finding.rule, name, version, fixed)] = None
    return list(rows)


def upgrades(report: Report, findings: Iterable[Finding]) -> list[tuple[Upgrade, int]]:
    """Each with how many vulnerabilities it ends, those that end most first."""
    packages = {package.purl: package for package in report.packages}
    ends: dict[Upgrade, set[str]] = {}
    for finding in findings:
        package = packages.get(finding.subject)
        if not finding.fix or not package:
            continue
        name, version = package.full_name, package.version
        if package.source and package.source_version:
            name, version = package.source, package.source_version
        ends.setdefault(Upgrade(name, version, finding.fix.value), set()).add(finding.rule)
    return sorted(((each, len(ids)) for each, ids in ends.items()), key=lambda x: (-x[1], x[0]))
