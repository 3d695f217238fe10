"""Vulnerabilities that nobody mends yet, put aside where a user asks for it."""

from msgspec.structs import replace

from hullmark.model import Finding, Kind, Report
from hullmark.model.exemption import Exemption, Suppressed

OPTION = "--ignore-unfixed"
UNFIXED = Exemption(at=OPTION, reason="no fix is known", status="affected")


def without_unfixed(report: Report) -> Report:
    """The report in which vulnerabilities without a fix do not count; a note tells how many."""
    aside = [each for each in report.findings if _is_unfixed(each)]
    if not aside:
        return report
    kept = tuple(each for each in report.findings if not _is_unfixed(each))
    note = f"{OPTION}: {len(aside)} vulnerabilities without a known fix do not count"
    return replace(
        report,
        findings=kept,
        suppressed=(*report.suppressed, *(Suppressed(finding=each, by=UNFIXED) for each in aside)),
        notes=(*report.notes, note),
    )


def _is_unfixed(finding: Finding) -> bool:
    return finding.kind is Kind.VULNERABILITY and finding.fix is None
