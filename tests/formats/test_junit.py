"""JUnit XML, read back by an XML parser."""

from xml.etree import ElementTree as ET

import pytest
from hypothesis import HealthCheck, given, settings

from hullmark.formats.junit import junit as unit
from hullmark.model import Report
from tests.formats.samples import ATTACK, BARE, FULL, VULNERABLE, attacked, digest, reports

SSL = VULNERABLE.packages[0].purl


def suite(report: Report) -> ET.Element:
    """The one suite, whose counts are right."""
    text = "".join(unit.render(report))
    root = ET.fromstring(text.encode())
    assert root.tag == "testsuites"
    (only,) = root
    cases = only.findall("testcase")
    for counted in (root, only):
        assert int(counted.attrib["tests"]) == len(cases)
        assert int(counted.attrib["failures"]) == len(only.findall("testcase/failure"))
        assert int(counted.attrib["skipped"]) == len(only.findall("testcase/skipped"))
        assert counted.attrib["errors"] == "0"
    assert [child.tag for child in only] == ["properties", *["testcase"] * len(cases)]
    for case in cases:
        assert case.attrib.keys() <= {"classname", "name", "time", "file"}
        assert case.attrib["name"]
    return only


@pytest.mark.parametrize("report", [FULL, VULNERABLE], ids=["full", "vulnerable"])
def test_a_finding_fails_and_a_gap_is_skipped(report):
    made = suite(report)
    assert len(made.findall("testcase/failure")) == len(report.findings)
    assert len(made.findall("testcase/skipped")) == len(report.gaps)


def test_a_case_passes_where_nothing_was_found():
    (case,) = suite(BARE).findall("testcase")
    assert list(case) == []


@given(reports)
@settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
def test_any_report_is_xml_with_right_counts(report):
    cases = suite(report).findall("testcase")
    assert len(cases) == (len(report.findings) + len(report.gaps) or 1)


@pytest.mark.parametrize("text", [ATTACK, f"{ATTACK}\ud800"])
def test_hostile_text_breaks_nothing(text):
    made = suite(attacked(text))
    assert {node.tag for node in made.iter()} == {
        "testsuite",
        "properties",
        "property",
        "testcase",
        "failure",
        "skipped",
    }
    assert made.attrib["name"].startswith(r"\x1b]0;owned\x07")


def test_a_failure_tells_what_to_do_and_where():
    case = suite(VULNERABLE).findall("testcase")[1]
    assert case.attrib == {
        "classname": "vulnerability",
        "name": f"CVE-2026-0002 {SSL} (var/lib/dpkg/status)",
        "time": "0",
        "file": "var/lib/dpkg/status",
    }
    (failure,) = case
    assert failure.attrib["type"] == "high"
    assert failure.attrib["message"].startswith("high CVE-2026-0002: libssl3 3.0.15-1~deb12u1 is")
    assert (failure.text or "").split("\n") == [
        "Heap overflow in libssl",
        f"{SSL}: libssl3 3.0.15-1~deb12u1 is affected, fixed in 4",
        "file: var/lib/dpkg/status",
        f"layer: {digest('a')}",
        "also known as: DSA-1-1, GHSA-aaaa-bbbb-cccc",
        "risk: 81.2",
        "fix: upgrade libssl3 to 4",
        "https://example.org/a b?c=d#e",
        "javascript:alert(1)",
        "https://example.org/x",
    ]


def test_the_suite_is_the_artifact_at_its_own_time():
    made = suite(VULNERABLE)
    assert made.attrib["name"] == "registry.example/team/shop:1.2"
    assert made.attrib["timestamp"] == "2026-01-02T02:04:05"
    told = {each.attrib["name"]: each.attrib["value"] for each in made.findall("properties/*")}
    assert told["verdict"] == "deny"
    assert told["feed Debian:12"] == "2026-11-21T00:00:00Z"
