"""A gate by how many of a framework's controls pass."""

from msgspec.structs import replace

from hullmark.model import Decision, Report, Verdict
from hullmark.model.framework import Compliance, Outcome, Status


def gated(report: Report, percent: float) -> Report:
    """The report, denied where fewer controls of a framework pass than this share of those judged.

    What another run could judge (``Outcome.missed``) counts as judged and not passed, and where
    nothing was judged nothing passed.
    """
    short = [each for each in report.frameworks if (share(each) or 0.0) < percent]
    if not short:
        return report
    lines = [
        f"fail-under: {each.id} has {round(share(each) or 0.0, 1):g}%, less than {percent:g}%"
        for each in short
    ]
    because = [
        f"{each.id} {one.id} {one.status}"
        for each in short
        for one in each.outcomes
        if one.status is Status.FAIL or is_missed(one)
    ]
    before = report.decision
    if before is not None and before.verdict is Verdict.DENY:
        lines, because = [before.policy, *lines], [*before.because, *because]
    decision = Decision(
        verdict=Verdict.DENY, because=tuple(because), policy="; ".join(filter(None, lines))
    )
    return replace(report, decision=decision)


def share(standing: Compliance) -> float | None:
    """Passed controls of those that were or could have been judged, in percent."""
    passed = standing.count(Status.PASS)
    judged = passed + standing.count(Status.FAIL) + sum(map(is_missed, standing.outcomes))
    return 100 * passed / judged if judged else None


def is_missed(outcome: Outcome) -> bool:
    """Whether a control is a gap that another run would close."""
    return outcome.status is Status.GAP and outcome.missed > 0
