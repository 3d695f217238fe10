"""What to tell of vulnerabilities: each once."""

from collections.abc import Sequence

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


def told(report: Report, findings: Sequence[Finding]) -> dict[Told, list[Finding]]:
    """What to tell, in the order of the findings, and the findings that it tells of."""
    packages = {package.purl: package for package in report.packages}
    rows: dict[Told, list[Finding]] = {}
    for finding in findings:
        package = packages.get(finding.subject)
        risk = "" if finding.score is None else f"{finding.score:.0f}"
        name, version = (package.full_name, package.version) if package else (finding.subject, "")
        fixed = finding.fix.value if finding.fix else "-"
        row = Told(finding.severity, risk, finding.rule, name, version, fixed)
        rows.setdefault(row, []).append(finding)
    return rows
