"""SARIF 2.1.0: findings for code scanning, such as GitHub's.

Format: https://docs.oasis-open.org/sarif/sarif/v2.1.0/sarif-v2.1.0.html
What GitHub reads of it: https://docs.github.com/code-security/reference/code-scanning/sarif-files
"""

from collections.abc import Iterable, Iterator
from hashlib import sha256

from msgspec.json import Encoder

from hullmark.formats import publisher, web
from hullmark.model import Confidence, Finding, Gap, Kind, Report, Rule, Severity
from hullmark.model.phrases import visible
from hullmark.model.purl import encode
from hullmark.unit import output

_SCHEMA = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/os/schemas/sarif-schema-2.1.0.json"
_LEVELS = {
    Severity.CRITICAL: "error",
    Severity.HIGH: "error",
    Severity.MEDIUM: "warning",
    Severity.LOW: "note",
    Severity.INFO: "note",
}
_POINTS = {
    Severity.CRITICAL: "9.5",
    Severity.HIGH: "8.0",
    Severity.MEDIUM: "5.5",
    Severity.LOW: "2.5",
    Severity.INFO: "0.0",
}
"""``security-severity`` in the middle of what GitHub calls by the same word."""

_PRECISIONS = {
    Confidence.CERTAIN: "very-high",
    Confidence.LIKELY: "high",
    Confidence.POSSIBLE: "medium",
}
_HIGHEST_RANK = 100.0
_ENCODER = Encoder()


@output(id="sarif", media_type="application/sarif+json")
def sarif(report: Report) -> Iterator[str]:
    """Findings as SARIF 2.1.0, for code scanning.

    A result's place is the file inside the artifact, which is its logical location; where no file
    is known the artifact's name stands for it. ``level`` is error from high on, warning for
    medium and note below; ``security-severity`` of a rule is a number in the middle of its
    severity; ``rank`` is the risk of a vulnerability. Fingerprints are made of rule, subject and
    place, so that a finding is the same one in the next scan. Gaps are notifications of the
    invocation. Packages are not in it: see ``cyclonedx`` and ``spdx``.
    """
    rules = _rules(report)
    numbers = {id: number for number, id in enumerate(rules)}
    name, _, version = visible(report.tool).partition(" ")
    driver = {"name": name or "hullmark", "rules": list(rules.values())}
    if version:
        driver["version"] = version
    yield f'{{\n"$schema": "{_SCHEMA}",\n"version": "2.1.0",\n"runs": [{{\n'
    yield f'"tool": {_line({"driver": driver})},\n'
    yield f'"automationDetails": {_line({"id": f"hullmark/{_uri(report.artifact.name)}/"})},\n'
    yield f'"invocations": {_line([_invocation(report.gaps)])},\n'
    yield f'"properties": {_line(_about(report))},\n'
    yield f'"results": [\n{_lines(_result(report, each, numbers) for each in report.findings)}\n]\n'
    yield "}]\n}\n"


def _rules(report: Report) -> dict[str, dict[str, object]]:
    """What each rule claims, by its id, in the order of the findings."""
    found: dict[str, dict[str, object]] = {}
    for finding in report.findings:
        id = visible(finding.rule)
        if id not in found:
            found[id] = _rule(id, finding, report.rules.get(finding.rule))
    return found


def _rule(id: str, finding: Finding, rule: Rule | None) -> dict[str, object]:
    severity = rule.severity if rule else finding.severity
    title = (rule.title if rule else "") or finding.rule
    described: dict[str, object] = {
        "id": id,
        "shortDescription": _text(title),
        "fullDescription": _text((rule.why if rule else "") or title),
        "defaultConfiguration": {"level": _LEVELS[severity]},
        "properties": {
            "tags": ["security", str(finding.kind)],
            "precision": _PRECISIONS[rule.confidence if rule else Confidence.CERTAIN],
            "security-severity": _POINTS[severity],
        },
    }
    if rule:
        said = "\n".join(filter(None, (rule.why, rule.remediation, *map(web, rule.references))))
        described["help"] = {"text": "\n".join(map(_plain, said.split("\n")))}
    if page := _page(finding, rule):
        described["helpUri"] = page
    return described


def _page(finding: Finding, rule: Rule | None) -> str:
    if finding.kind is Kind.VULNERABILITY and (page := publisher(finding.rule)[1]):
        return page
    return next(filter(None, map(web, rule.references if rule else ())), "")


def _result(report: Report, finding: Finding, numbers: dict[str, int]) -> dict[str, object]:
    evidence, fix = finding.evidence, finding.fix
    says = f"{finding.subject}: {evidence.says}"
    if fix:
        says += f". Fix: {fix.text}"
    id = visible(finding.rule)
    result = {
        "ruleId": id,
        "ruleIndex": numbers[id],
        "level": _LEVELS[finding.severity],
        "message": _text(says),
        "locations": [_location(report, finding)],
        "partialFingerprints": _fingerprints(finding),
        "properties": _known(
            subject=visible(finding.subject),
            severity=finding.severity.label,
            at=visible(evidence.at),
            layer=visible(evidence.layer),
            fixedVersion=visible(fix.value) if fix else "",
            aliases=[visible(alias) for alias in finding.aliases],
        ),
    }
    if finding.score is not None:
        result["rank"] = min(max(finding.score, 0.0), _HIGHEST_RANK)
    return result


def _location(report: Report, finding: Finding) -> dict[str, object]:
    evidence, artifact = finding.evidence, report.artifact
    uri = _uri(evidence.path) or _uri(artifact.name) or str(artifact.kind)
    physical: dict[str, object] = {"artifactLocation": {"uri": uri}}
    if evidence.line > 0:
        physical["region"] = {"startLine": evidence.line}
    whole = visible(artifact.name)
    if artifact.digest:
        whole += f"@{visible(artifact.digest)}"
    logical = {"name": visible(artifact.name), "fullyQualifiedName": whole, "kind": "resource"}
    return {"physicalLocation": physical, "logicalLocations": [logical]}


def _fingerprints(finding: Finding) -> dict[str, str]:
    """Ours, and the only one by which GitHub knows a result again."""
    parts = (finding.rule, finding.subject, finding.evidence.at)
    mark = sha256("\0".join(map(visible, parts)).encode()).hexdigest()
    return {"hullmark/v1": mark, "primaryLocationLineHash": f"{mark[:16]}:1"}


def _invocation(gaps: Iterable[Gap]) -> dict[str, object]:
    told = [
        {
            "descriptor": {"id": visible(gap.unit)},
            "level": "warning",
            "message": _text(f"{gap.subject}: not looked at: {gap.why}"),
        }
        for gap in gaps
    ]
    return {"executionSuccessful": True, "toolExecutionNotifications": told}


def _about(report: Report) -> dict[str, object]:
    artifact, system, decision = report.artifact, report.distribution, report.decision
    return _known(
        artifact=visible(artifact.name),
        kind=str(artifact.kind),
        digest=visible(artifact.digest),
        platform=visible(artifact.platform),
        distribution=visible(f"{system.id} {system.version}".strip()) if system else "",
        verdict=str(decision.verdict) if decision else "",
        feeds={visible(name): visible(newest) for name, newest in report.feeds.items()},
    )


def _known(**values: object) -> dict[str, object]:
    return {name: value for name, value in values.items() if value}


def _uri(path: str) -> str:
    """A relative reference without anything that a reader resolves (RFC 3986, 4.2 and 5.2.4)."""
    parts = [part for part in visible(path).split("/") if part not in ("", ".", "..")]
    return "/".join(encode(part).replace(":", "%3A") for part in parts)


def _text(says: str) -> dict[str, str]:
    return {"text": _plain(says)}


def _plain(says: str) -> str:
    """Text in which nothing is a placeholder (3.11.5) or a link (3.11.6)."""
    shown = visible(says).replace("{", "{{").replace("}", "}}")
    return shown.replace("[", "\\[").replace("]", "\\]") if "](" in shown else shown


def _line(value: object) -> str:
    """A value as JSON on one line."""
    return str(_ENCODER.encode(value), "utf-8")


def _lines(values: Iterable[object]) -> str:
    """Values as JSON, one a line."""
    return str(_ENCODER.encode_lines(values)[:-1].replace(b"\n", b",\n"), "utf-8")
