"""Baselines: what an earlier report told already does not count again.

Read are our JSON report, our SARIF, and CycloneDX with vulnerabilities.
"""

from collections.abc import Iterator
from re import compile as regex
from re import escape

from msgspec import Struct, field
from msgspec.structs import replace

from hullmark.model import Finding, Package, PolicyError, Report
from hullmark.model.exemption import Exemption, Suppressed
from hullmark.model.finding import is_broken
from hullmark.model.purl import parts
from hullmark.model.vex import Status, decoded
from hullmark.model.vex_cyclonedx import STATES

MAX_KNOWN = 5_000_000
"""Findings of a baseline: more than its bytes can hold, but for a bill whose lists name many."""

MAX_COMPONENTS_DEEP = 20
REASON = "in the baseline"

_SCHEMA = "hullmark.report/1"
_NUMBERS = regex(r"(?<=[-_])v?[0-9]+(?:\.[0-9]+)*").sub
_PATH = "hullmark:path"

Identity = tuple[str, str, str]
"""Rule, package (or other subject) without version, and path without the package's version."""

Told = tuple[str, str, str | None]
"""Rule, subject and path of a known finding, where the report tells paths."""


class Baseline(Struct, frozen=True, kw_only=True):
    """What was known: ``places`` with their path, ``anywhere`` where the report tells none."""

    name: str
    places: frozenset[Identity] = frozenset()
    anywhere: frozenset[tuple[str, str]] = frozenset()


class _Evidence(Struct):
    path: str = ""


class _Finding(Struct):
    rule: str
    subject: str
    kind: str
    evidence: _Evidence


class _Suppressed(Struct):
    finding: _Finding
    reason: str


class _Report(Struct):
    findings: list[_Finding]
    suppressed: list[_Suppressed] = []


class _Properties(Struct):
    subject: str
    at: str = ""


class _Result(Struct):
    rule: str = field(name="ruleId")
    properties: _Properties


class _Driver(Struct):
    name: str = ""


class _Tool(Struct):
    driver: _Driver


class _Run(Struct):
    tool: _Tool


class _Ours(Struct):
    results: list[_Result]


class _Sarif(Struct):
    runs: list[_Run]


class _SarifOfOurs(Struct):
    runs: list[_Ours]


class _Pair(Struct):
    name: str = ""
    value: object = None


class _Component(Struct):
    ref: str = field(name="bom-ref", default="")
    purl: str = ""
    properties: list[_Pair] | None = None
    components: "list[_Component] | None" = None


class _Analysis(Struct):
    state: str = ""


class _Affected(Struct):
    ref: str


class _Vulnerability(Struct):
    id: str
    analysis: _Analysis | None = None
    affects: list[_Affected] | None = None


class _Bill(Struct):
    components: list[_Component] | None = None
    vulnerabilities: list[_Vulnerability] | None = None


class _Mark(Struct):
    """By what the three kinds of report are told apart."""

    ours: str = field(name="schema", default="")
    version: object = None
    bill: str = field(name="bomFormat", default="")
    runs: object = None


def read(data: bytes, name: str) -> Baseline:
    """A baseline of any kind; ``PolicyError`` for a file that is none."""
    mark = decoded(data, _Mark, name)
    known: Iterator[Told]
    if mark.ours == _SCHEMA:
        known = _of_report(decoded(data, _Report, name))
    elif mark.bill == "CycloneDX":
        known = _of_bill(decoded(data, _Bill, name), name)
    elif mark.runs is not None:
        if any(run.tool.driver.name != "hullmark" for run in decoded(data, _Sarif, name).runs):
            raise PolicyError(name, "is SARIF of another tool, which names no packages")
        known = _of_sarif(decoded(data, _SarifOfOurs, name))
    else:
        raise PolicyError(name, f"is neither {_SCHEMA} nor SARIF nor CycloneDX")
    places: set[Identity] = set()
    anywhere: set[tuple[str, str]] = set()
    for rule, subject, path in known:
        if path is None:
            anywhere.add((rule, _subject(subject)[0]))
        else:
            places.add(_identity(rule, subject, path))
        if len(places) + len(anywhere) > MAX_KNOWN:
            raise PolicyError(name, f"more than {MAX_KNOWN} findings")
    return Baseline(name=name, places=frozenset(places), anywhere=frozenset(anywhere))


def new(report: Report, baseline: Baseline) -> Report:
    """The report without what the baseline holds already. Broken integrity is never old.

    A vulnerability is old under each of its names: what had no CVE may have got one.
    """
    by = Exemption(
        at=baseline.name,
        reason=f"{REASON} {baseline.name}",
        status=Status.AFFECTED,
    )
    kept: list[Finding] = []
    dropped: list[Suppressed] = []
    for finding in report.findings:
        if not is_broken(finding.kind, finding.rule) and _is_old(finding, baseline):
            dropped.append(Suppressed(finding=finding, by=by))
        else:
            kept.append(finding)
    return replace(report, findings=tuple(kept), suppressed=(*report.suppressed, *dropped))


def _is_old(finding: Finding, baseline: Baseline) -> bool:
    _, package, path = _identity("", finding.subject, finding.evidence.path)
    return any(
        (rule, package, path) in baseline.places or (rule, package) in baseline.anywhere
        for rule in (finding.rule, *finding.aliases)
    )


def _identity(rule: str, subject: str, path: str) -> Identity:
    package, version = _subject(subject)
    *outer, last = path.split("!/")
    if version and version in last:
        last = regex(rf"(?<![0-9A-Za-z]){escape(version)}(?![0-9A-Za-z])").sub("*", last)
    # Archives that a package lies in have versions of their own in their names.
    return rule, package, "!/".join([*(_NUMBERS("*", each) for each in outer), last])


def _subject(subject: str) -> tuple[str, str]:
    """Type and full name of a package, and its version; else the subject as it is."""
    known = parts(subject)
    if known is None:
        return subject, ""
    package = Package(type=known.type, name=known.name, namespace=known.namespace)
    return f"{known.type}:{package.full_name}", known.version


def _of_report(report: _Report) -> Iterator[Told]:
    """All that counted, and what an older baseline kept from counting."""
    again = (each.finding for each in report.suppressed if each.reason.startswith(REASON))
    for each in (*report.findings, *again):
        if not is_broken(each.kind, each.rule):
            yield each.rule, each.subject, each.evidence.path


def _of_sarif(sarif: _SarifOfOurs) -> Iterator[Told]:
    """A vulnerability's place in our SARIF is its file."""
    for run in sarif.runs:
        for each in run.results:
            yield each.rule, each.properties.subject, each.properties.at


def _of_bill(bill: _Bill, name: str) -> Iterator[Told]:
    """Vulnerabilities that no analysis clears, of each component; paths are read from ours."""
    known: dict[str, tuple[str, str | None]] = {}
    waiting = [(component, 1) for component in bill.components or ()]
    while waiting:
        component, depth = waiting.pop()
        if depth > MAX_COMPONENTS_DEEP:
            raise PolicyError(name, f"components nested deeper than {MAX_COMPONENTS_DEEP}")
        told = [str(pair.value) for pair in component.properties or () if pair.name == _PATH]
        known[component.ref] = component.purl, told[0] if told else None
        waiting += [(each, depth + 1) for each in component.components or ()]
    for each in bill.vulnerabilities or ():
        state = STATES.get(each.analysis.state) if each.analysis else None
        if state and state.clears:
            continue
        for affected in each.affects or ():
            subject, path = known.get(affected.ref, (affected.ref, None))
            yield each.id, subject, path
