"""From a report to the files of configuration that are to be mended, and back to a plan."""

from collections.abc import Callable, Iterable, Mapping, Sequence

from msgspec import Struct
from msgspec.structs import replace

from hullmark.fix import Change, Outcome, Plan, State
from hullmark.fix.tree import OF_OTHERS, Tree
from hullmark.model import ArtifactKind, Finding, Kind, Report
from hullmark.model.config_edits import ConfigAnswer, ConfigAsk, Place

Ask = Callable[[Sequence[ConfigAsk]], Sequence[ConfigAnswer]]
"""Whatever has a jailed worker mend each of the files."""

NOT_ASKED_FOR = "not asked for"
OF_TOOLS = "tools put it there"


class _Sorted(Struct, frozen=True, kw_only=True):
    """Findings by the file that they are to be mended in, and the outcomes of all others."""

    by_path: dict[str, list[Finding]]
    left: list[Outcome]


def with_configuration(
    tree: Tree, report: Report, plan: Plan, mended: Ask, only: Sequence[str], *, risky: bool
) -> Plan:
    """The plan with what is mended of configuration, in files as the plan leaves them."""
    if report.artifact.kind is not ArtifactKind.TREE:
        return plan
    found = _sorted(report, only)
    changes = {each.path: each for each in plan.changes}
    asks, outcomes = [], found.left
    never = tuple(sorted({each.finding.rule for each in report.suppressed}))
    before: dict[str, bytes] = {}
    for path, findings in found.by_path.items():
        try:
            before[path] = changes[path].before if path in changes else tree.read(path)
        except OSError as error:
            why = f"not read: {error.strerror}"
            outcomes += [_outcome(each, why) for each in findings]
            continue
        data = changes[path].after if path in changes else before[path]
        places = tuple(_place(each) for each in findings)
        asks.append(
            ConfigAsk(
                path=path, data=data, places=places, risky=risky, further=not only, never=never
            )
        )
    for answer in mended(asks):
        if answer.after != before[answer.path]:
            changes[answer.path] = Change(
                path=answer.path, before=before[answer.path], after=answer.after
            )
        outcomes += _outcomes(answer, found.by_path[answer.path], report)
    order = sorted(outcomes, key=lambda each: (each.state, each.path, each.rule, each.line))
    return Plan(
        changes=tuple(changes[path] for path in sorted(changes)),
        outcomes=(*plan.outcomes, *order),
        notes=plan.notes,
    )


def _sorted(report: Report, only: Sequence[str]) -> _Sorted:
    exempt = (each for each in report.suppressed if _is_ours(each.finding))
    left = [_outcome(each.finding, f"it is exempt by {each.by.at}") for each in exempt]
    by_path: dict[str, list[Finding]] = {}
    for finding in filter(_is_ours, report.findings):
        if only and finding.rule not in only:
            left.append(_outcome(finding, NOT_ASKED_FOR))
        elif OF_OTHERS & {*finding.evidence.path.split("/")}:
            left.append(_outcome(finding, OF_TOOLS))
        else:
            by_path.setdefault(finding.evidence.path, []).append(finding)
    return _Sorted(by_path=by_path, left=left)


def _is_ours(finding: Finding) -> bool:
    return finding.kind is Kind.MISCONFIGURATION and bool(finding.evidence.path)


def _outcomes(
    answer: ConfigAnswer, findings: Iterable[Finding], report: Report
) -> Iterable[Outcome]:
    told: Mapping[Place, Finding] = {_place(each): each for each in findings}
    for each in answer.outcomes:
        finding = told[each.place]
        if each.mended:
            done = _outcome(finding, each.why)
            yield replace(done, state=State.MENDED, files=(answer.path,))
        else:
            rule = report.rules.get(finding.rule)
            yield _outcome(finding, each.why or (f"for people: {rule.remediation}" if rule else ""))


def _place(finding: Finding) -> Place:
    return Place(rule=finding.rule, at=finding.evidence.at)


def _outcome(finding: Finding, why: str) -> Outcome:
    return Outcome(
        rule=finding.rule,
        path=finding.evidence.path,
        at=finding.evidence.at,
        line=finding.evidence.line,
        why=why,
    )
