"""Engine: report and policy to decision."""

from collections.abc import Iterator, Sequence

from hullmark.model import Decision, Finding, Gap, Policy, Report, Verdict
from hullmark.model.decision import Threshold
from hullmark.model.finding import Kind, is_broken, kinds
from hullmark.policy.thresholds import excess, says

INTEGRITY_LINE = "integrity: broken digests are never accepted"
GAPS_LINE = "gaps: what was not judged is no pass"
JUDGING = frozenset(
    ("clamav", "config", "content", "licences", "sandbox", "sarif", "vulnerabilities")
)
"""Units of gaps that are not about reading; all others are allowed as ``packages``."""


def decide(report: Report, policy: Policy, today: str) -> Decision:
    """Deny on broken integrity always; on findings and gaps where the policy sets a gate.

    ``today`` is a day (2026-12-31), from which days of grace are counted.
    """
    findings = report.findings if Kind.INTEGRITY in kinds(report.findings) else ()
    broken = [
        _name(each)
        for each in findings
        if each.kind is Kind.INTEGRITY and is_broken(each.kind, each.rule)
    ]
    if broken:
        return Decision(verdict=Verdict.DENY, because=tuple(broken), policy=INTEGRITY_LINE)
    thresholds = [*_of_option(policy), *policy.thresholds]
    if not thresholds:
        return Decision(verdict=Verdict.ALLOW, policy="no gate was set")
    strictest = max((each.verdict for each in thresholds), key=_strictness)
    passed = {
        each: over for each in thresholds if (over := excess(each, report, today)) is not None
    }
    verdicts = {each.verdict for each in passed}
    missed = tuple(_forbidden(report.gaps, policy))
    if missed:
        verdicts.add(strictest)
    if not verdicts:
        return Decision(verdict=Verdict.ALLOW, policy="; ".join(map(says, thresholds)))
    verdict = max(verdicts, key=_strictness)
    counting = [each for each in passed if each.verdict is verdict]
    because = [reason for each in counting for reason in _because(each, passed[each])]
    lines = [says(each) for each in counting]
    if missed and strictest is verdict:
        because += missed
        lines = lines or [f"{says(thresholds[0])}; {GAPS_LINE}"]
    return Decision(verdict=verdict, because=tuple(dict.fromkeys(because)), policy="; ".join(lines))


def _of_option(policy: Policy) -> Iterator[Threshold]:
    if policy.fail_on is not None:
        yield Threshold(at="fail-on", severity=policy.fail_on)


def _because(threshold: Threshold, over: Sequence[Finding]) -> Iterator[str]:
    if threshold.more_than:
        yield f"{len(over)} findings, more than {threshold.more_than}: {threshold.at}"
    yield from map(_name, over)


def _forbidden(gaps: Sequence[Gap], policy: Policy) -> Iterator[str]:
    allowed = frozenset(policy.allowed_gaps)
    if "all" in allowed:
        return
    for gap in gaps:
        named = {gap.unit, f"{gap.unit}:{gap.subject}"}
        if gap.unit not in JUDGING:
            named.add("packages")
        if not named & allowed:
            yield f"gap {gap.unit} {gap.subject}"


def _strictness(verdict: Verdict) -> int:
    return (Verdict.ALLOW, Verdict.WARN, Verdict.DENY).index(verdict)


def _name(finding: Finding) -> str:
    return f"{finding.rule} {finding.subject}"
