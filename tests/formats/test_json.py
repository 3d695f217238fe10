"""hullmark.report/1: its schema, its values and its speed."""

import json
from importlib.resources import files
from time import process_time

import pytest
from hypothesis import HealthCheck, given, settings
from jsonschema import Draft202012Validator
from msgspec.structs import replace

import hullmark.schemas
from hullmark.formats.json import json as unit
from hullmark.model import Report
from hullmark.model.exemption import Exemption, Suppressed
from tests.formats.samples import BARE, FULL, LOCKED, RULE, digest, many, reports

SCHEMA = json.loads((files(hullmark.schemas) / "report-1.schema.json").read_bytes())
VALIDATOR = Draft202012Validator(SCHEMA)


def rendered(report: Report) -> str:
    return "".join(unit.render(report))


def objects(schema: object):
    """Every schema of an object inside a schema."""
    if isinstance(schema, dict):
        if "properties" in schema:
            yield schema
        for value in schema.values():
            yield from objects(value)
    elif isinstance(schema, list):
        for value in schema:
            yield from objects(value)


def test_the_schema_is_one():
    Draft202012Validator.check_schema(SCHEMA)


def test_the_schema_is_strict_and_describes_every_field():
    found = list(objects(SCHEMA))
    assert len(found) == 20
    for shape in found:
        assert shape["additionalProperties"] is False
        assert set(shape["required"]) == set(shape["properties"])
        for name, field in shape["properties"].items():
            described = field if "description" in field else SCHEMA["$defs"][field["$ref"][8:]]
            assert described["description"], name


@pytest.mark.parametrize("report", [FULL, BARE, many(50)], ids=["full", "bare", "many"])
def test_a_report_satisfies_the_schema(report):
    VALIDATOR.validate(json.loads(rendered(report)))


@given(reports)
@settings(max_examples=150, deadline=None, suppress_health_check=list(HealthCheck))
def test_any_report_satisfies_the_schema(report):
    document = json.loads(rendered(report))
    VALIDATOR.validate(document)
    assert len(document["packages"]) == len(report.packages)
    assert len(document["findings"]) == len(report.findings)
    assert len(document["gaps"]) == len(report.gaps)


@pytest.mark.parametrize(
    ("place", "value"),
    [
        (("schema",), "hullmark.report/2"),
        (("more",), 1),
        (("artifact", "more"), 1),
        (("packages", 0, "purl"), "npm/x"),
        (("packages", 0, "declared"), None),
        (("packages", 0, "direct"), "no"),
        (("packages", 0, "requires"), ["werkzeug"]),
        (("findings", 0, "severity"), "Critical"),
        (("findings", 0, "evidence", "line"), -1),
        (("gaps", 0, "why"), None),
        (("decision", "verdict"), "maybe"),
    ],
    ids=str,
)
def test_the_schema_refuses_what_is_no_report(place, value):
    document = json.loads(rendered(FULL))
    inner = document
    for step in place[:-1]:
        inner = inner[step]
    inner[place[-1]] = value
    assert not VALIDATOR.is_valid(document)


def test_names_are_spelled_as_their_ecosystem_does():
    packages = json.loads(rendered(FULL))["packages"]
    assert [package["name"] for package in packages] == [
        "libssl3",
        "github.com/spf13/cobra",
        "org.slf4j:slf4j-api",
        "@babel/core",
        "@babel/core",
        "flask",
    ]


def test_a_package_tells_its_source_layer_and_licences():
    package = json.loads(rendered(FULL))["packages"][0]
    assert package == {
        "purl": "pkg:deb/debian/libssl3@3.0.15-1~deb12u1?arch=amd64",
        "name": "libssl3",
        "version": "3.0.15-1~deb12u1",
        "type": "deb",
        "path": "var/lib/dpkg/status",
        "layer": digest("a"),
        "licences": ["Apache-2.0", "Artistic-1.0-Perl OR GPL-1.0-or-later"],
        "source": {"name": "openssl", "version": "3.0.15-1~deb12u1"},
        "vendor": "",
        "declared": False,
        "direct": None,
        "development": False,
        "requires": [],
    }


def test_a_finding_tells_what_its_rule_knows():
    first, second = json.loads(rendered(FULL))["findings"]
    assert first["title"] == RULE.title
    assert first["references"] == list(RULE.references)
    assert first["severity"] == "critical"
    assert (second["title"], second["references"], second["score"]) == ("", [], 7.5)
    assert second["fix"] == {"says": "upgrade", "value": "7.26.10", "leaves": []}


def test_every_package_finding_and_gap_has_a_line_of_its_own():
    lines = rendered(FULL).splitlines()
    assert sum(line.startswith('{"purl":') for line in lines) == len(FULL.packages)
    assert sum(line.startswith('{"rule":') for line in lines) == len(FULL.findings)
    assert sum(line.startswith('{"unit":') for line in lines) == len(FULL.gaps)


def test_twenty_thousand_packages_take_a_fraction_of_a_second():
    report = many(20_000)
    spent = []
    for _ in range(3):
        start = process_time()
        rendered(report)
        spent.append(process_time() - start)
    # Some 0.07 s are usual; five times that is a defect, not a slow machine.
    assert min(spent) < 0.35


def test_a_package_of_a_lock_tells_who_asked_for_it_and_what_it_requires():
    flask, werkzeug = json.loads(rendered(LOCKED))["packages"]
    assert (flask["direct"], flask["development"]) == (True, True)
    assert flask["requires"] == ["pkg:pypi/werkzeug@3.0", "pkg:pypi/absent@1"]
    assert (werkzeug["direct"], werkzeug["development"]) == (False, False)


def test_what_does_not_count_tells_what_vex_says_of_it():
    by = Exemption(at="v.json", status="not_affected", justification="component_not_present")
    [finding] = FULL.findings[:1]
    report = replace(FULL, suppressed=(Suppressed(finding=finding, by=by),))
    [told] = json.loads(rendered(report))["suppressed"]
    assert (told["status"], told["justification"]) == ("not_affected", "component_not_present")


def test_an_image_tells_its_index():
    image = replace(FULL.artifact, index=digest("7"))
    told = json.loads(rendered(replace(FULL, artifact=image)))
    assert told["artifact"]["index"] == digest("7")
