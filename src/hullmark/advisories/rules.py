"""Rules of vulnerabilities: what records say of one, whatever package has it."""

from collections.abc import Sequence

from hullmark.advisories.grouping import Hit
from hullmark.advisories.risk import Weight
from hullmark.model import Kind, Rule
from hullmark.store.advisory_file import Overlaid

MAX_REFERENCES = 10


def rule_of(name: str, hits: Sequence[Hit], heavy: Weight, told: Sequence[Overlaid]) -> Rule:
    """What is the same for all packages with a vulnerability."""
    first = hits[0].record
    summary = next((hit.record.summary for hit in hits if hit.record.summary), "")
    references = dict.fromkeys(url for hit in hits for url in hit.record.references)
    return Rule(
        id=name,
        title=summary or name,
        kind=Kind.VULNERABILITY,
        severity=heavy.severity,
        why=f"{summary or name} ({first.id}).",
        remediation="Upgrade the package to a version that is not affected.",
        references=tuple(references)[:MAX_REFERENCES],
        published=min((hit.record.published for hit in hits if hit.record.published), default=""),
        exploited=min((each.exploited for each in told if each.exploited), default=""),
        epss=max((each.epss for each in told if each.epss is not None), default=None),
    )


def unfixed(hits: Sequence[Hit]) -> str:
    """What distributions say where there is no fix."""
    status = next((hit.affected.status for hit in hits if hit.affected.status), "")
    return f", {status}" if status else ", no fix is known"
