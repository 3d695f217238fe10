"""hullmark.report/1: the report as versioned JSON, which scripts may rely on.

Format: schemas/report-1.schema.json (JSON Schema 2020-12) beside this package.
"""

from collections.abc import Iterable, Iterator, Mapping
from itertools import groupby, islice
from operator import attrgetter

from msgspec import Struct
from msgspec.json import Encoder

from hullmark.model import (
    Artifact,
    Decision,
    Distribution,
    Evidence,
    Finding,
    Fix,
    Kind,
    Package,
    Report,
    Severity,
)
from hullmark.model.advice import BaseAdvice
from hullmark.model.exemption import Suppressed
from hullmark.model.framework import Compliance
from hullmark.unit import output

SCHEMA = "hullmark.report/1"

_ENCODER = Encoder()
AT_ONCE = 5000
"""Values of a list that are held as text at a time."""

_LABELS = [each.label for each in Severity]


@output(id="json", media_type="application/json")
def json(report: Report) -> Iterator[str]:
    """Everything that the report holds, versioned: ``"schema": "hullmark.report/1"``.

    One package, finding and gap a line, so that reports of two days can be compared by line.
    Every key is always there: ``null``, an empty text or an empty list where nothing is known.
    ``name`` is written as its ecosystem does (``@babel/core``, ``org.slf4j:slf4j-api``); severities
    are lower-case words; ``title`` and ``references`` of a finding are its rule's.
    """
    yield f'{{\n"schema": "{SCHEMA}",\n'
    yield f'"tool": {_line(report.tool)},\n'
    yield f'"artifact": {_line(_artifact(report.artifact))},\n'
    yield f'"distribution": {_line(_distribution(report.distribution))},\n'
    yield f'"decision": {_line(_decision(report.decision))},\n'
    yield from _list("packages", map(_package, report.packages))
    yield from _list("findings", _findings(report, report.findings))
    yield from _list("gaps", report.gaps)
    yield from _list("suppressed", (_suppressed(report, each) for each in report.suppressed))
    yield from _list("notes", report.notes)
    yield from _list("upgrades", report.upgrades)
    yield from _list("advice", map(_advice, report.advice))
    yield f'"frameworks": {_line({each.id: _standing(each) for each in report.frameworks})},\n'
    yield f'"scanners": {_line(report.scanners)},\n'
    yield f'"basis": {_line(report.basis)},\n'
    yield f'"subjects": {_line(report.subjects)},\n'
    yield f'"units": {_line(report.units)},\n'
    yield f'"feeds": {_line(report.feeds)},\n'
    yield f'"sandbox": {_line(report.sandbox)}\n}}\n'


def _line(value: object) -> str:
    """A value as JSON on one line."""
    return str(_ENCODER.encode(value), "utf-8")


def _standing(compliance: Compliance) -> dict[str, object]:
    return {
        "title": compliance.title,
        "version": compliance.version,
        "percent": compliance.percent,
        "controls": compliance.outcomes,
    }


def _list(key: str, values: Iterable[object]) -> Iterator[str]:
    """A member that is a list, one value a line."""
    remaining = iter(values)
    before = f'"{key}": ['
    while some := list(islice(remaining, AT_ONCE)):
        # JSON escapes line breaks inside texts, so each one here ends a value.
        lines = str(_ENCODER.encode_lines(some)[:-1].replace(b"\n", b",\n"), "utf-8")
        yield f"{before}\n{lines}"
        before = ","
    yield "\n],\n" if before == "," else f"{before}],\n"


def _artifact(artifact: Artifact) -> dict[str, object]:
    return {
        "kind": artifact.kind,
        "name": artifact.name,
        "digest": artifact.digest,
        "index": artifact.index,
        "config": artifact.config,
        "platform": artifact.platform,
        "created": artifact.created,
        "layers": artifact.layers,
        "base": artifact.base,
        "exposure": artifact.exposure,
    }


def _distribution(distribution: Distribution | None) -> dict[str, object] | None:
    if distribution is None:
        return None
    return {
        "id": distribution.id,
        "version": distribution.version,
        "name": distribution.name,
        "like": distribution.like,
        "codename": distribution.codename,
        "path": distribution.path,
        "end_of_life": distribution.end_of_life,
    }


def _decision(decision: Decision | None) -> dict[str, object] | None:
    if decision is None:
        return None
    return {
        "verdict": decision.verdict,
        "because": decision.because,
        "policy": decision.policy,
    }


class _Package(Struct, gc=False):
    """One line of ``packages``: a Struct, for there may be tens of thousands."""

    purl: str
    name: str
    version: str
    type: str
    path: str
    layer: str
    licences: tuple[str, ...]
    source: Mapping[str, str] | None
    vendor: str
    declared: bool
    direct: bool | None
    development: bool
    requires: tuple[str, ...]


def _package(package: Package) -> _Package:
    source = package.source
    return _Package(
        package.purl,
        package.full_name,
        package.version,
        package.type,
        package.path,
        package.layer,
        package.licences,
        {"name": source, "version": package.source_version} if source else None,
        package.vendor,
        package.declared,
        package.direct,
        package.development,
        package.requires,
    )


class _Finding(Struct, gc=False):
    """One line of ``findings``, as packages have theirs."""

    rule: str
    aliases: tuple[str, ...]
    kind: Kind
    severity: str
    title: str
    subject: str
    evidence: Evidence
    fix: Fix | None
    references: tuple[str, ...]
    score: float | None


def _findings(report: Report, findings: Iterable[Finding]) -> Iterator[_Finding]:
    """Lines of findings; mostly those of one rule come one after the other."""
    for id, of_rule in groupby(findings, key=attrgetter("rule")):
        rule = report.rules.get(id)
        title, references = (rule.title, rule.references) if rule else ("", ())
        for each in of_rule:
            yield _Finding(
                id,
                each.aliases,
                each.kind,
                _LABELS[each.severity],
                title,
                each.subject,
                each.evidence,
                each.fix,
                references,
                each.score,
            )


def _advice(advice: BaseAdvice) -> dict[str, object]:
    return {
        "base": advice.base,
        "newer": advice.newer,
        "vulnerabilities": advice.vulnerabilities,
        "brought": advice.brought,
        "fixable": advice.fixable,
        "says": advice.says,
    }


def _suppressed(report: Report, suppressed: Suppressed) -> dict[str, object]:
    by = suppressed.by
    return {
        "finding": next(_findings(report, (suppressed.finding,))),
        "at": by.at,
        "reason": by.reason,
        "owner": by.owner,
        "expires": by.expires,
        "status": by.status,
        "justification": by.justification,
    }
