"""Engine: report and policy to decision."""

from collections.abc import Iterator, Sequence

from hullmark.model import Decision, Finding, Gap, Kind, Policy, Verdict

INTEGRITY_LINE = "integrity: broken digests are never accepted"


def decide(findings: Sequence[Finding], gaps: Sequence[Gap], policy: Policy) -> Decision:
    """Deny on broken integrity always; on severities and gaps where the policy sets a gate."""
    broken = [_name(each) for each in findings if each.kind is Kind.INTEGRITY]
    if broken:
        return Decision(verdict=Verdict.DENY, because=tuple(broken), policy=INTEGRITY_LINE)
    if policy.fail_on is None:
        return Decision(verdict=Verdict.ALLOW, policy="no gate was set")
    line = f"fail-on: {policy.fail_on.label}"
    severe = [_name(each) for each in findings if each.severity >= policy.fail_on]
    because = (*severe, *_forbidden(gaps, policy))
    verdict = Verdict.DENY if because else Verdict.ALLOW
    return Decision(verdict=verdict, because=because, policy=line)


def _forbidden(gaps: Sequence[Gap], policy: Policy) -> Iterator[str]:
    for gap in gaps:
        if gap.unit not in policy.allowed_gaps:
            yield f"gap {gap.unit} {gap.subject}"


def _name(finding: Finding) -> str:
    return f"{finding.rule} {finding.subject}"
