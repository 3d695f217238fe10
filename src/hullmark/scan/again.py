"""What a stored report proved of a program, where the program itself is not at hand."""

from msgspec.structs import replace

from hullmark.advisories.symbols import NOT_PROVEN
from hullmark.model import Finding, Report
from hullmark.model.exemption import Suppressed


def with_proofs(report: Report, stored: Report) -> Report:
    """A report without findings whose vulnerable functions a program did not hold when it was read.

    What a program holds does not change; vulnerabilities that were not known then count.
    """
    proven = {_identity(each.finding): each for each in stored.suppressed}
    kept: list[Finding] = []
    aside: list[Suppressed] = []
    for finding in report.findings:
        proof = proven.get(_identity(finding))
        ending = f"; {NOT_PROVEN}"
        if proof is None or not finding.evidence.says.endswith(ending):
            kept.append(finding)
            continue
        says = f"{finding.evidence.says.removesuffix(ending)}; {proof.by.reason}"
        finding = replace(finding, evidence=replace(finding.evidence, says=says))  # noqa: PLW2901 - same thing
        aside.append(Suppressed(finding=finding, by=proof.by))
    return replace(report, findings=tuple(kept), suppressed=(*report.suppressed, *aside))


def _identity(finding: Finding) -> tuple[str, str, str]:
    return finding.rule, finding.subject, finding.evidence.path
