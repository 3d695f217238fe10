"""Results of other analysers, by SARIF 2.1.0, taken in as findings.

Format: https://docs.oasis-open.org/sarif/sarif/v2.1.0/sarif-v2.1.0.html; what points of
``security-severity`` mean: https://docs.github.com/code-security/reference/code-scanning/sarif-files
"""

from collections.abc import Iterator, Sequence
from re import IGNORECASE
from re import compile as regex
from typing import TypeVar
from urllib.parse import unquote

from msgspec import Struct
from msgspec.structs import replace

from hullmark.model import Evidence, Finding, Gap, Kind, PolicyError, Report, Rule, Severity
from hullmark.model.exemption import Exemption, Suppressed
from hullmark.model.finding import by_weight
from hullmark.model.phrases import shortened, visible
from hullmark.model.sarif import (
    FAULT,
    Described,
    Location,
    Log,
    Logical,
    Message,
    Result,
    RuleReference,
    Run,
    Suppression,
)
from hullmark.model.vex import decoded

Item = TypeVar("Item")

UNIT = "sarif"
"""Of gaps in what an analyser did, and before its name in what was judged."""

VERSION = "2.1.0"
OURS = "hullmark"
MAX_RESULTS = 100_000
"""Ours, of all files: four times what code scanning services take of one."""

MAX_RUNS = 1000
"""Ours, of one file."""

MAX_PARTS = 20
"""Ours: parts of a rule's id that are left out to find what describes it."""

MAX_NOTIFICATIONS = 100
"""Ours, of one run: what an analyser says went wrong."""

MAX_TEXT_CHARS = 2000
MAX_ID_CHARS = 200

PASSED = frozenset(("pass", "notApplicable", "informational"))
"""Kinds of result that tell of no fault; ``open`` and ``review`` are left for people: gaps."""

LEVELS = {
    "error": Severity.HIGH,
    "warning": Severity.MEDIUM,
    "note": Severity.LOW,
    "none": Severity.INFO,
}
POINTS = ((9.0, Severity.CRITICAL), (7.0, Severity.HIGH), (4.0, Severity.MEDIUM))
"""The least points of each; above 0 it is low."""

_PLACEHOLDER = regex(r"\{([0-9]{1,3})\}")
_HOST = regex(r"\Afile:(?://(?:localhost(?=/))?)?", IGNORECASE)
_NO_NAME = regex(r"[^a-z0-9.]+")


class Results(Struct, frozen=True, kw_only=True):
    """What the runs of a file tell; ``analysers`` counts runs by the analyser's name."""

    findings: tuple[Finding, ...] = ()
    suppressed: tuple[Suppressed, ...] = ()
    rules: dict[str, Rule] = {}
    gaps: tuple[Gap, ...] = ()
    analysers: dict[str, int] = {}


def read(data: bytes, place: str) -> Results:
    """The results in these bytes; ``PolicyError`` names the place of what cannot be read."""
    log = decoded(data, Log, place)
    if log.version != VERSION:
        raise PolicyError(place, f"is SARIF {log.version[:20]!r}, and {VERSION} is read")
    if len(log.runs) > MAX_RUNS:
        raise PolicyError(place, f"more than {MAX_RUNS} runs")
    if sum(len(run.results or ()) for run in log.runs) > MAX_RESULTS:
        raise PolicyError(place, f"more than {MAX_RESULTS} results")
    told = Results()
    for number, run in enumerate(log.runs):
        told = _joined(told, _Reading(run, place, f"{place}: runs[{number}]").results())
    return told


def taken(report: Report, several: Sequence[Results], root: str) -> Report:
    """The report with these results; those that it holds already are taken once.

    ``root`` is the folder that was scanned, empty where none was: paths below it are relative.
    """
    new = Results()
    for each in several:
        new = _joined(new, each)
    if len(new.findings) + len(new.suppressed) > MAX_RESULTS:
        raise PolicyError("--sarif", f"more than {MAX_RESULTS} results")
    aside = {_identity(one.finding): one for one in (_aside(each, root) for each in new.suppressed)}
    found = {_identity(one): one for one in (_below(each, root) for each in new.findings)}
    kept = [
        each for each in report.findings if _identity(each) not in (aside.keys() | found.keys())
    ]
    subjects = dict(report.subjects)
    for name, count in new.analysers.items():
        subjects[f"{UNIT}/{name}"] = subjects.get(f"{UNIT}/{name}", 0) + count
    known = {_identity(each.finding) for each in report.suppressed}
    return replace(
        report,
        findings=tuple(by_weight((*kept, *found.values()))),
        suppressed=(
            *report.suppressed,
            *(each for key, each in aside.items() if key not in known),
        ),
        gaps=tuple(dict.fromkeys((*report.gaps, *new.gaps))),
        rules={**report.rules, **new.rules},
        subjects=dict(sorted(subjects.items())),
    )


def _joined(one: Results, other: Results) -> Results:
    counts = dict(one.analysers)
    for name, count in other.analysers.items():
        counts[name] = counts.get(name, 0) + count
    return Results(
        findings=(*one.findings, *other.findings),
        suppressed=(*one.suppressed, *other.suppressed),
        rules={**one.rules, **other.rules},
        gaps=(*one.gaps, *other.gaps),
        analysers=counts,
    )


def _identity(finding: Finding) -> tuple[str, str, str, str]:
    return finding.rule, finding.subject, finding.evidence.at, finding.evidence.says


def _below(finding: Finding, root: str) -> Finding:
    """With a path that is relative to the folder that was scanned, where it lies below it."""
    path = finding.evidence.path
    inner = path.removeprefix(root.strip("/") + "/") if root.strip("/") else path
    if inner == path:
        return finding
    line = finding.evidence.line
    evidence = replace(finding.evidence, path=inner, at=f"{inner}:{line}" if line else inner)
    return replace(finding, subject=inner, evidence=evidence)


def _aside(suppressed: Suppressed, root: str) -> Suppressed:
    moved = _below(suppressed.finding, root)
    at = suppressed.by.at
    if at == suppressed.finding.evidence.at:
        at = moved.evidence.at
    return Suppressed(finding=moved, by=replace(suppressed.by, at=at, path=moved.evidence.path))


class _Reading:
    """One run, read."""

    def __init__(self, run: Run, place: str, at: str) -> None:
        self.run = run
        self.place = place
        self.at = at
        self.name = _NO_NAME.sub("-", visible(run.tool.driver.name).lower()).strip("-.")[:60]
        if not self.name:
            raise PolicyError(f"{at}.tool.driver.name", "an analyser's name is wanted")
        if self.name == OURS:
            why = "is SARIF of ours: --baseline takes it, and report:FILE a report in JSON"
            raise PolicyError(place, why)
        self.by_id = {
            each.id: each
            for component in reversed((run.tool.driver, *run.tool.extensions))
            for each in component.rules
        }

    def results(self) -> Results:
        """What the run tells."""
        findings: list[Finding] = []
        aside: list[Suppressed] = []
        gaps = [*self._gaps()]
        rules: dict[str, Rule] = {}
        for each in self.run.results or ():
            if each.kind in PASSED or each.state == "absent":
                continue
            described = self._rule(each)
            finding = self._finding(each, described)
            if each.kind != FAULT:
                why = f"{finding.rule} is left for people to judge ({_short(each.kind, 40)})"
                gaps.append(Gap(unit=UNIT, subject=finding.subject, why=why))
                continue
            if finding.rule not in rules:
                rules[finding.rule] = _stated(finding, described)
            if each.suppressions and all(one.status == "accepted" for one in each.suppressions):
                aside.append(self._suppressed(finding, each.suppressions[0]))
            else:
                findings.append(finding)
        return Results(
            findings=tuple(findings),
            suppressed=tuple(aside),
            rules=rules,
            gaps=tuple(dict.fromkeys(gaps)),
            analysers={self.name: 1},
        )

    def _gaps(self) -> Iterator[Gap]:
        """What the analyser did not do, by its own words."""
        if self.run.results is None:
            yield self._gap("the run holds no results")
        if self.run.outside:
            yield self._gap("parts of the run are in other files, which are not read")
        told = [
            one
            for each in self.run.invocations
            for one in (*each.setup, *each.told)
            if one.level == "error"
        ]
        if not all(each.successful for each in self.run.invocations):
            yield self._gap("the analyser says that it did not finish")
        for each in told[:MAX_NOTIFICATIONS]:
            yield self._gap(f"the analyser says: {_short(each.message.text or each.message.id)}")
        if len(told) > MAX_NOTIFICATIONS:
            yield self._gap(f"the analyser says {len(told) - MAX_NOTIFICATIONS} things more")

    def _gap(self, why: str) -> Gap:
        return Gap(unit=UNIT, subject=f"{self.name} in {self.place}", why=why)

    def _rule(self, result: Result) -> Described:
        """The rule of a result, by index or by the longest known part of its id (3.27.5)."""
        reference = result.rule or RuleReference()
        index = reference.index if reference.index >= 0 else result.rule_index
        rules = self.run.tool.driver.rules
        if reference.component and reference.component.index >= 0:
            outer = _at(self.run.tool.extensions, reference.component.index)
            rules = outer.rules if outer else []
        found = _at(rules, index)
        if found:
            return found
        id = result.rule_id or reference.id
        for _ in range(MAX_PARTS):
            if id in self.by_id:
                return self.by_id[id]
            id = id.rpartition("/")[0]
        return Described()

    def _finding(self, result: Result, rule: Described) -> Finding:
        reference = result.rule or RuleReference()
        id = _short(result.rule_id or reference.id or rule.id or "unnamed", MAX_ID_CHARS)
        location = result.locations[0] if result.locations else Location()
        path, line = self._path(location), 0
        if location.physical and location.physical.region:
            line = max(location.physical.region.line, 0)
        logical = location.logical[0] if location.logical else Logical()
        subject = path or _short(logical.full or logical.name) or self.name
        says = _short(_said(result.message, rule)) or id
        return Finding(
            rule=f"{self.name}/{id}",
            kind=Kind.MISCONFIGURATION,
            severity=_severity(result, rule),
            subject=subject,
            evidence=Evidence(
                at=f"{path or subject}:{line}" if line else path or subject,
                says=says,
                path=path,
                line=line,
            ),
        )

    def _path(self, location: Location) -> str:
        """The file as reports have it: without scheme, ``./`` and a slash in front."""
        where = location.physical.artifact if location.physical else None
        if where and not where.uri:
            artifact = _at(self.run.artifacts, where.index)
            where = artifact.location if artifact else None
        uri = where.uri[: 4 * MAX_TEXT_CHARS] if where else ""
        path = visible(unquote(_HOST.sub("", uri)))
        parts = [part for part in path.split("/") if part not in ("", ".")]
        return shortened("/".join(parts), MAX_TEXT_CHARS)

    def _suppressed(self, finding: Finding, by: Suppression) -> Suppressed:
        in_source = by.kind == "inSource"
        where = "in the source" if in_source else "outside of the source"
        exemption = Exemption(
            at=finding.evidence.at if in_source else self.place,
            id=finding.rule,
            path=finding.evidence.path,
            reason=_short(by.justification) or f"suppressed {where}, says {self.name}",
        )
        return Suppressed(finding=finding, by=exemption)


def _stated(finding: Finding, rule: Described) -> Rule:
    """What the analyser's rule claims."""
    title = rule.short.text if rule.short else rule.name
    why = rule.full.text if rule.full else rule.help.text if rule.help else ""
    web = rule.page.startswith(("https://", "http://"))
    return Rule(
        id=finding.rule,
        title=_short(title) or finding.rule,
        kind=finding.kind,
        severity=finding.severity,
        why=_short(why) or _short(title) or finding.rule,
        remediation=_short(rule.help.text if rule.help else "") or "See what the analyser says.",
        references=(_short(rule.page),) if web else (),
    )


def _severity(result: Result, rule: Described) -> Severity:
    """By the points of the result, else of the rule, else by the level of these two."""
    for each in (result.properties, rule.properties):
        points = _points(each.severity) if each else None
        if points is not None:
            least = (severity for bound, severity in POINTS if points >= bound)
            return next(least, Severity.LOW if points > 0 else Severity.INFO)
    level = result.level or (rule.configuration.level if rule.configuration else "")
    return LEVELS.get(level or "warning", Severity.MEDIUM)


def _points(value: object) -> float | None:
    try:
        points = float(value) if isinstance(value, str | int | float) else None
    except (ValueError, OverflowError):
        return None
    return points if points is not None and points >= 0 else None


def _said(message: Message, rule: Described) -> str:
    """A message's text with its arguments; ``{{`` stands for a brace (3.11.5)."""
    text = message.text or (rule.messages.get(message.id) or Message()).text
    if "{" not in text and "}" not in text:
        return text

    left = MAX_TEXT_CHARS

    def put(number: str) -> str:
        nonlocal left
        at = int(number)
        filled = message.arguments[at][:left] if at < len(message.arguments) else ""
        left -= len(filled)
        return filled

    pieces = text[: 4 * MAX_TEXT_CHARS].split("{{")
    filled = (_PLACEHOLDER.sub(lambda found: put(found[1]), piece) for piece in pieces)
    return "{".join(filled).replace("}}", "}")


def _short(text: str, limit: int = MAX_TEXT_CHARS) -> str:
    """On one line, without power over a terminal."""
    return shortened(visible(" ".join(text[: 4 * limit].split())), limit)


def _at(items: Sequence[Item], index: int) -> Item | None:
    return items[index] if 0 <= index < len(items) else None
