"""What a report says in terms of VEX: a status of every vulnerability of every package."""

from collections.abc import Iterable, Iterator

from msgspec import Struct
from msgspec.structs import replace

from hullmark.model.exemption import Suppressed
from hullmark.model.finding import Finding, Kind
from hullmark.model.report import Report
from hullmark.model.vex import Status

NO_FIX = "no fix is known"
_NAMES = frozenset(("CVE", "EUVD", "GHSA", "GO", "GSD", "HSEC", "PYSEC", "RUSTSEC"))
"""What ids of one vulnerability begin with: an advisory of a distribution may mend several."""


class Claim(Struct, frozen=True, kw_only=True):
    """The status of a vulnerability in a package, which is a purl.

    ``impact`` says why it does not matter, ``action`` what to do where it does; ``has_fix``
    where that is an upgrade.
    """

    rule: str
    aliases: tuple[str, ...]
    subject: str
    status: Status
    justification: str = ""
    impact: str = ""
    action: str = ""
    has_fix: bool = False


def claims(report: Report) -> list[Claim]:
    """One of each vulnerability and package; where places of it differ the graver status counts."""
    found: dict[tuple[str, str], Claim] = {}
    for claim in (*map(_affected, _faults(report.findings)), *_of_suppressed(report.suppressed)):
        key = claim.rule, claim.subject
        if key not in found or (found[key].status.clears and not claim.status.clears):
            found[key] = claim
    return list(found.values())


def by_rule(known: Iterable[Claim]) -> dict[str, list[Claim]]:
    """Claims of each vulnerability, in their order."""
    found: dict[str, list[Claim]] = {}
    for claim in known:
        found.setdefault(claim.rule, []).append(claim)
    return found


def beside(report: Report) -> Iterator[str]:
    """What a report holds that is no vulnerability: other findings, and what was not looked at."""
    for finding in report.findings:
        if finding.kind is not Kind.VULNERABILITY:
            yield f"{finding.rule} {finding.subject}: {finding.evidence.says}"
    for gap in report.gaps:
        yield f"not looked at: {gap.unit}: {gap.subject}: {gap.why}"


def _faults(findings: Iterable[Finding]) -> Iterator[Finding]:
    return (each for each in findings if each.kind is Kind.VULNERABILITY)


def _affected(finding: Finding) -> Claim:
    fix = finding.fix
    return Claim(
        rule=finding.rule,
        aliases=tuple(each for each in finding.aliases if each.partition("-")[0] in _NAMES),
        subject=finding.subject,
        status=Status.AFFECTED,
        action=(fix.says or fix.value) if fix else NO_FIX,
        has_fix=fix is not None,
    )


def _of_suppressed(suppressed: Iterable[Suppressed]) -> Iterator[Claim]:
    """An exemption without a status says that what it names does not matter here."""
    for each in suppressed:
        if each.finding.kind is not Kind.VULNERABILITY:
            continue
        by, claim = each.by, _affected(each.finding)
        status = Status(by.status or Status.NOT_AFFECTED)
        why = by.impact or by.reason
        if status.clears:
            claim = replace(
                claim, impact=why, action="", has_fix=False, justification=by.justification
            )
        elif why:
            claim = replace(claim, action=f"{claim.action}; {why}")
        yield replace(claim, status=status)
