"""Workflow commands of GitHub Actions, which annotate a run.

Format: https://docs.github.com/actions/reference/workflows-and-actions/workflow-commands
Escapes: ``escapeData`` and ``escapeProperty`` of actions/toolkit, packages/core/src/command.ts
"""

from collections import Counter
from collections.abc import Iterator

from hullmark.model import Finding, Report, Severity
from hullmark.model.phrases import counts, visible
from hullmark.unit import output

_COMMANDS = {
    Severity.CRITICAL: "error",
    Severity.HIGH: "error",
    Severity.MEDIUM: "warning",
    Severity.LOW: "notice",
    Severity.INFO: "notice",
}


@output(id="github", media_type="text/plain")
def github(report: Report) -> Iterator[str]:
    """Findings as workflow commands of GitHub Actions, a line each.

    ``::error`` from high on, ``::warning`` for medium and for gaps, ``::notice`` below. The worst
    come first, since GitHub shows ten annotations of a kind for a step; a ``::notice`` before them
    counts all.
    """
    yield _command("notice", report.artifact.name or "hullmark", _summary(report))
    worst = sorted(report.findings, key=lambda each: (-each.severity, -(each.score or 0.0)))
    for finding in worst:
        yield _finding(report, finding)
    for gap in report.gaps:
        says = f"{gap.subject}: not looked at: {gap.why}"
        yield _command("warning", f"gap: {gap.unit}", says)


def _summary(report: Report) -> str:
    of = Counter(finding.severity for finding in report.findings)
    found = counts(*((of[level], level.label) for level in reversed(Severity)))
    gaps, decision = counts((len(report.gaps), "not looked at")), report.decision
    verdict = f"; decision: {decision.verdict}" if decision else ""
    return f"{len(report.packages)} packages; findings: {found}; gaps: {gaps}{verdict}"


def _finding(report: Report, finding: Finding) -> str:
    evidence, fix, rule = finding.evidence, finding.fix, report.rules.get(finding.rule)
    title = f"{finding.severity.label} {finding.rule}"
    if rule and rule.title != finding.rule:
        title += f": {rule.title}"
    says = f"{finding.subject}: {evidence.says}"
    if fix:
        says += f". Fix: {fix.text}"
    return _command(_COMMANDS[finding.severity], title, says, evidence.path, evidence.line)


def _command(name: str, title: str, says: str, file: str = "", line: int = 0) -> str:
    places = {"file": file, "line": str(line) if file and line else "", "title": title}
    listed = ",".join(f"{key}={_property(value)}" for key, value in places.items() if value)
    return f"::{name} {listed}::{_data(says)}\n"


def _data(text: str) -> str:
    """What follows the second pair of colons; line breaks are spelled out before."""
    return visible(text).replace("%", "%25")


def _property(text: str) -> str:
    """The value of one property, which ends at a comma or colon."""
    return _data(text).replace(":", "%3A").replace(",", "%2C")
