"""SARIF by the rules of its specification, each named by its section."""

import json
import re
from collections.abc import Iterator

import pytest
from hypothesis import HealthCheck, given, settings
from jsonschema import Draft202012Validator
from msgspec.structs import replace

from hullmark.formats.sarif import sarif as unit
from hullmark.model import Confidence, Report
from tests.formats.samples import (
    ATTACK,
    BARE,
    FLAW,
    FULL,
    VULNERABLE,
    attacked,
    digest,
    reports,
)


def known(required: str, **properties: object) -> dict[str, object]:
    """An object that holds these properties and no others."""
    return {
        "type": "object",
        "required": required.split(),
        "properties": properties,
        "additionalProperties": False,
    }


def listed(items: object) -> dict[str, object]:
    return {"type": "array", "items": items}


TEXT = {"type": "string"}
BAG = {"type": "object", "properties": {"tags": listed(TEXT)}}  # 3.8
MESSAGE = known("text", text=TEXT)  # 3.11, 3.12
LEVEL = {"enum": ["none", "note", "warning", "error"]}
URI = {"type": "string", "pattern": r"^([A-Za-z0-9._~:/?#@!$&'()*+,;=-]|%[0-9A-F]{2})*$"}
WEB = {"type": "string", "pattern": r"^https?://"}
LOCATION = known(
    "physicalLocation",  # which GitHub wants
    physicalLocation=known(
        "artifactLocation",  # 3.29.2
        artifactLocation=known("uri", uri={**URI, "minLength": 1}),  # 3.4.2
        region=known("startLine", startLine={"type": "integer", "minimum": 1}),  # 3.30.5
    ),
    logicalLocations=listed(known("", name=TEXT, fullyQualifiedName=TEXT, kind=TEXT)),  # 3.33
)
RULE = known(
    "id",  # 3.49.3
    id=TEXT,
    shortDescription=MESSAGE,
    fullDescription=MESSAGE,
    help=MESSAGE,
    helpUri={"allOf": [URI, WEB]},
    defaultConfiguration=known("", level=LEVEL),
    properties={
        **BAG,
        "required": ["tags", "precision", "security-severity"],
        "properties": {
            "tags": listed(TEXT),
            "precision": {"enum": ["very-high", "high", "medium", "low"]},
            "security-severity": {"type": "string", "pattern": r"^([0-9]\.[0-9]|10\.0)$"},
        },
    },
)
RESULT = known(
    "message ruleId ruleIndex level locations partialFingerprints",
    ruleId=TEXT,
    ruleIndex={"type": "integer", "minimum": 0},
    level=LEVEL,
    message=MESSAGE,
    locations={**listed(LOCATION), "minItems": 1},
    partialFingerprints={"type": "object", "additionalProperties": TEXT},  # 3.27.17
    rank={"type": "number", "minimum": 0, "maximum": 100},  # 3.27.25
    properties=BAG,
)
NOTIFICATION = known("message", descriptor=known("id", id=TEXT), level=LEVEL, message=MESSAGE)
INVOCATION = known(
    "executionSuccessful",  # 3.20.14
    executionSuccessful={"type": "boolean"},
    toolExecutionNotifications=listed(NOTIFICATION),
)
DRIVER = known("name", name={**TEXT, "minLength": 1}, version=TEXT, rules=listed(RULE))  # 3.19.8
RUN = known(
    "tool results",
    tool=known("driver", driver=DRIVER),  # 3.18.2
    automationDetails=known("", id=TEXT),  # 3.17
    invocations=listed(INVOCATION),
    properties=BAG,
    results=listed(RESULT),
)
LOG = known(
    "version runs",  # 3.13
    **{"$schema": WEB, "version": {"const": "2.1.0"}, "runs": listed(RUN)},
)
VALIDATOR = Draft202012Validator(LOG)


def run(report: Report):
    """The one run, after it kept what a schema can say, and what none can."""
    made = json.loads("".join(unit.render(report)))
    VALIDATOR.validate(made)
    (only,) = made["runs"]
    ids = [rule["id"] for rule in only["tool"]["driver"]["rules"]]
    assert len(ids) == len(set(ids))
    for result in only["results"]:
        assert ids[result["ruleIndex"]] == result["ruleId"]  # 3.27.6
        for location in result["locations"]:
            uri = location["physicalLocation"]["artifactLocation"]["uri"]
            assert not re.match(r"/|[^/]*:", uri), "RFC 3986, 4.2: a scheme or host is none"
            assert not {".", ".."} & set(uri.split("/"))
    for text in texts(only):
        bare = text.replace("{{", "").replace("}}", "")
        assert not re.search(r"[{}]", bare), "3.11.5: a brace is doubled"
        assert not re.search(r"(?<!\\)\]\(", text), "3.11.6: a bracket is escaped"
        assert text.replace("\n", "").isprintable()
    return only


def texts(node) -> Iterator[str]:
    """The text of every message object."""
    if isinstance(node, dict):
        if set(node) == {"text"}:
            yield node["text"]
        node = list(node.values())
    if isinstance(node, list):
        for each in node:
            yield from texts(each)


@pytest.mark.parametrize("report", [FULL, BARE, VULNERABLE], ids=["full", "bare", "vulnerable"])
def test_a_report_keeps_the_rules(report):
    made = run(report)
    assert len(made["results"]) == len(report.findings)
    assert len(made["invocations"][0]["toolExecutionNotifications"]) == len(report.gaps)


@given(reports)
@settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
def test_any_report_keeps_the_rules(report):
    assert len(run(report)["results"]) == len(report.findings)


@pytest.mark.parametrize("text", [ATTACK, f"{ATTACK}\ud800", "../../etc/passwd", "c:/x", "//x/y"])
def test_hostile_text_breaks_nothing(text):
    made = run(attacked(text))
    assert len(made["results"]) == 2
    for rule in made["tool"]["driver"]["rules"]:
        assert rule["helpUri"].startswith("https://")
        assert "javascript:alert" not in rule["help"]["text"].split()


def test_a_vulnerability_stands_at_its_file_and_belongs_to_its_artifact():
    result = run(VULNERABLE)["results"][1]
    assert result["ruleId"] == FLAW.id
    assert result["level"] == "error"
    assert result["rank"] == 81.2
    assert result["properties"]["fixedVersion"] == "4"
    assert result["properties"]["aliases"] == ["DSA-1-1", "GHSA-aaaa-bbbb-cccc"]
    assert "Fix: upgrade libssl3 to 4" in result["message"]["text"]
    (location,) = result["locations"]
    place = location["physicalLocation"]
    assert place == {"artifactLocation": {"uri": "var/lib/dpkg/status"}}
    assert location["logicalLocations"] == [
        {
            "name": "registry.example/team/shop:1.2",
            "fullyQualifiedName": f"registry.example/team/shop:1.2@{digest('1')}",
            "kind": "resource",
        }
    ]


def test_a_finding_without_a_file_stands_at_the_artifact():
    (location,) = run(FULL)["results"][0]["locations"]
    uri = location["physicalLocation"]["artifactLocation"]["uri"]
    assert uri == "registry.example/team/shop%3A1.2"


def test_a_line_is_told_where_there_is_one():
    (location,) = run(FULL)["results"][1]["locations"]
    assert location["physicalLocation"]["region"] == {"startLine": 3}


def test_a_rule_is_told_once_with_its_severity_in_words_that_github_reads():
    rules = {rule["id"]: rule for rule in run(VULNERABLE)["tool"]["driver"]["rules"]}
    assert len(rules) == 3
    flaw = rules[FLAW.id]
    assert flaw["properties"] == {
        "tags": ["security", "vulnerability"],
        "precision": "very-high",
        "security-severity": "8.0",
    }
    assert flaw["helpUri"] == "https://nvd.nist.gov/vuln/detail/CVE-2026-0002"
    assert "https://example.org/a%20b?c=d#e" in flaw["help"]["text"]
    assert rules["layer-digest-mismatch"]["helpUri"] == "https://example.org/layer-digest-mismatch"
    assert rules["GHSA-xxxx-yyyy-zzzz"]["properties"]["security-severity"] == "5.5"


def test_a_guess_is_less_precise():
    rules = {FLAW.id: replace(FLAW, confidence=Confidence.POSSIBLE)}
    made = run(replace(VULNERABLE, rules=rules))["tool"]["driver"]["rules"][1]
    assert made["properties"]["precision"] == "medium"


def test_a_fingerprint_tells_findings_apart_and_knows_them_again():
    marks = [result["partialFingerprints"] for result in run(VULNERABLE)["results"]]
    assert len({mark["hullmark/v1"] for mark in marks}) == len(marks)
    renamed = replace(VULNERABLE.artifact, name="other:2")
    again = run(replace(VULNERABLE, artifact=renamed, gaps=()))["results"]
    assert [result["partialFingerprints"] for result in again] == marks
