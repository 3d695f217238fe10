"""GitLab's container scanning report by what its schema, 15.2.1, asks for."""

import json
import re

import pytest
from hypothesis import HealthCheck, given, settings
from jsonschema import Draft202012Validator
from msgspec.structs import replace

from hullmark.formats.gitlab import gitlab as unit
from hullmark.model import Report
from tests.formats.samples import (
    ATTACK,
    BARE,
    FLAW,
    FULL,
    VULNERABLE,
    attacked,
    digest,
    flaw,
    reports,
)


def known(required: str, **properties: object) -> dict[str, object]:
    return {"type": "object", "required": required.split(), "properties": properties}


def listed(items: object, **bounds: int) -> dict[str, object]:
    return {"type": "array", "items": items, **bounds}


ANY = {"type": "string"}
SOME = {"type": "string", "minLength": 1}
TIME = {"type": "string", "pattern": r"^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}$"}
WEB = {"type": "string", "pattern": "^(https?|ftp)://.+"}
TOOL = known("id name version vendor", id=SOME, name=SOME, version=SOME, vendor=known("name"))
SCAN = known(
    "analyzer scanner type start_time end_time status",
    analyzer=TOOL,
    scanner=TOOL,
    type={"enum": ["container_scanning", "container_scanning_for_registry"]},
    start_time=TIME,
    end_time=TIME,
    status={"enum": ["success", "failure"]},
    messages=listed(known("level value", level={"enum": ["info", "warn", "fatal"]}, value=SOME)),
)
VULNERABILITY = known(
    "id identifiers location",
    id=SOME,
    name={**ANY, "maxLength": 255},
    description={**ANY, "maxLength": 1_048_576},
    solution={**ANY, "maxLength": 7_000},
    severity={"enum": ["Info", "Unknown", "Low", "Medium", "High", "Critical"]},
    identifiers=listed(
        known("type name value", type=SOME, name=SOME, value=SOME, url=WEB),
        minItems=1,
        maxItems=20,
    ),
    links=listed(known("url", url=WEB)),
    location=known(
        "dependency operating_system image",
        dependency=known(
            "package version",
            package=known("name", name=ANY),
            version=ANY,
            direct={"type": "boolean"},
        ),
        operating_system=SOME,
        image=SOME,
    ),
    details={
        "type": "object",
        "additionalProperties": known(
            "name type value", name=SOME, type={"const": "text"}, value=ANY
        ),
    },
)
VALIDATOR = Draft202012Validator(
    known(
        "version scan vulnerabilities",
        version={"const": "15.2.1"},
        schema=WEB,
        scan=SCAN,
        vulnerabilities=listed(VULNERABILITY),
    )
)


def document(report: Report):
    made = json.loads("".join(unit.render(report)))
    VALIDATOR.validate(made)
    ids = [each["id"] for each in made["vulnerabilities"]]
    assert len(ids) == len(set(ids)) == len(report.findings)
    return made


@pytest.mark.parametrize("report", [FULL, BARE, VULNERABLE], ids=["full", "bare", "vulnerable"])
def test_a_report_is_as_gitlab_wants_it(report):
    warned = [each for each in document(report)["scan"]["messages"] if each["level"] == "warn"]
    assert len(warned) == len(report.gaps)


@given(reports)
@settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
def test_any_report_is_as_gitlab_wants_it(report):
    document(report)


def test_a_vulnerability_names_package_image_and_what_to_do():
    made = document(VULNERABLE)["vulnerabilities"][1]
    assert made["name"] == "Heap overflow in libssl"
    assert made["severity"] == "High"
    assert made["solution"] == "upgrade libssl3 to 4"
    assert made["location"] == {
        "dependency": {"package": {"name": "libssl3"}, "version": "3.0.15-1~deb12u1"},
        "operating_system": "debian:12",
        "image": "registry.example/team/shop:1.2",
    }
    assert [(each["type"], each["value"]) for each in made["identifiers"]] == [
        ("cve", "CVE-2026-0002"),
        ("dsa", "DSA-1-1"),
        ("ghsa", "GHSA-aaaa-bbbb-cccc"),
    ]
    assert made["links"] == [
        {"url": "https://example.org/a%20b?c=d#e"},
        {"url": "https://example.org/x"},
    ]
    assert {name: each["value"] for name, each in made["details"].items()} == {
        "path": "var/lib/dpkg/status",
        "layer": digest("a"),
        "subject": VULNERABLE.packages[0].purl,
        "fixed_in": "4",
        "risk": "81.2",
    }


def test_another_finding_has_its_subject_for_a_dependency():
    made = document(FULL)["vulnerabilities"][0]
    assert made["location"]["dependency"] == {"package": {"name": digest("d")}, "version": ""}
    assert made["identifiers"][0]["type"] == "hullmark"


@pytest.mark.parametrize(
    ("name", "image"),
    [
        ("registry:debian:12", "debian:12"),
        ("docker:a.example/x:1", "a.example/x:1"),
        ("", "image"),
    ],
)
def test_an_image_is_named_without_the_source(name, image):
    report = replace(VULNERABLE, artifact=replace(VULNERABLE.artifact, name=name))
    assert document(report)["vulnerabilities"][1]["location"]["image"] == image


def test_ids_stay_the_same_and_identifiers_are_few():
    package = VULNERABLE.packages[0]
    one = flaw(package)
    many = flaw(package, aliases=tuple(f"A-{number}" for number in range(40)))
    first = document(replace(VULNERABLE, findings=(one,)))["vulnerabilities"]
    again = document(replace(VULNERABLE, findings=(many,), gaps=()))["vulnerabilities"]
    assert again[0]["id"] == first[0]["id"]
    assert len(again[0]["identifiers"]) == 20


def test_long_texts_are_cut():
    rule = replace(FLAW, title="x" * 300)
    long = flaw(VULNERABLE.packages[0], fix=replace(VULNERABLE.findings[1].fix, says="y*" * 9_000))
    made = document(replace(VULNERABLE, rules={FLAW.id: rule}, findings=(long,)))
    assert made["vulnerabilities"][0]["name"].endswith("x…")


@pytest.mark.parametrize("text", [ATTACK, f"{ATTACK}\ud800"])
def test_hostile_text_is_no_markdown_and_breaks_nothing(text):
    for made in document(attacked(text))["vulnerabilities"]:
        for said in (made["description"], made["solution"]):
            assert said.isprintable()
            bare = re.sub(r"\\.", "", said)
            assert not re.search(r"[\\`*_\[\]<>#@~$!&|%^{}]", bare)
