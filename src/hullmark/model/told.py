"""What to tell of vulnerabilities: each once."""

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
