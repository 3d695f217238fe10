"""SARIF of other analysers: what is taken in, as what, and what is told of the rest."""

import json

import pytest

from hullmark.formats.sarif import sarif
from hullmark.model import PolicyError, Severity
from hullmark.policy import analysers
from hullmark.policy.analysers import read, taken
from tests.formats.samples import FULL
from tests.policy.test_frameworks import found, report


def result(**more):
    place = {"artifactLocation": {"uri": "./src/a%20b.py"}, "region": {"startLine": 3}}
    return {
        "ruleId": "x",
        "message": {"text": "said"},
        "locations": [{"physicalLocation": place}],
        **more,
    }


def log(*results, rules=(), **run):
    tool = {"driver": {"name": "Ana Lyser 2", "rules": list(rules)}}
    runs = [{"tool": tool, "results": list(results), **run}]
    return json.dumps({"version": "2.1.0", "runs": runs}).encode()


def only(*results, **more):
    (finding,) = read(log(*results, **more), "a.sarif").findings
    return finding


def test_a_result_is_a_finding_of_the_analysers_rule():
    finding = only(result(level="error"))
    assert (finding.rule, finding.subject) == ("ana-lyser-2/x", "src/a b.py")
    assert finding.severity is Severity.HIGH
    assert (finding.evidence.line, finding.evidence.at) == (3, "src/a b.py:3")
    assert finding.evidence.says == "said"


@pytest.mark.parametrize(
    ("more", "rule", "severity"),
    [
        ({}, {}, Severity.MEDIUM),
        ({"level": "note"}, {}, Severity.LOW),
        ({"level": "none"}, {}, Severity.INFO),
        ({}, {"defaultConfiguration": {"level": "error"}}, Severity.HIGH),
        ({"level": "note"}, {"properties": {"security-severity": "9.1"}}, Severity.CRITICAL),
        ({"properties": {"security-severity": 4}}, {}, Severity.MEDIUM),
        ({"properties": {"security-severity": "0.1"}}, {}, Severity.LOW),
        ({"properties": {"security-severity": "much"}}, {}, Severity.MEDIUM),
        ({"properties": {"security-severity": 10**400}}, {}, Severity.MEDIUM),
    ],
)
def test_severity_is_of_points_then_of_levels(more, rule, severity):
    assert only(result(**more), rules=[{"id": "x", **rule}]).severity is severity


def test_a_rule_is_found_by_index_by_reference_and_by_the_start_of_its_id():
    rules = [{"id": "y"}, {"id": "x", "properties": {"security-severity": "9"}}]
    by = {"ruleId": "x/more"}, {"ruleId": "", "ruleIndex": 1}, {"ruleId": "", "rule": {"index": 1}}
    for each in by:
        assert only(result(**each), rules=rules).severity is Severity.CRITICAL


def test_messages_are_put_together():
    rules = [{"id": "x", "messageStrings": {"m": {"text": "{0} of {{y}} and {7}"}}}]
    message = {"id": "m", "arguments": ["eval\x1b"]}
    assert only(result(message=message), rules=rules).evidence.says == "eval\\x1b of {y} and"


def test_what_passed_or_is_gone_is_no_finding_and_what_is_open_is_a_gap():
    told = read(
        log(
            result(kind="pass"),
            result(kind="notApplicable"),
            result(baselineState="absent"),
            result(kind="review"),
        ),
        "a.sarif",
    )
    assert told.findings == ()
    (gap,) = told.gaps
    assert "left for people" in gap.why


def test_suppressions_count_where_all_are_accepted():
    fine = {"kind": "inSource", "justification": "a test"}
    done = read(log(result(suppressions=[fine])), "a.sarif")
    (aside,) = done.suppressed
    assert done.findings == ()
    assert (aside.by.reason, aside.by.at) == ("a test", "src/a b.py:3")
    for status in ("rejected", "underReview"):
        kept = read(log(result(suppressions=[fine, {**fine, "status": status}])), "a.sarif")
        assert len(kept.findings) == 1
    assert len(read(log(result(suppressions=[])), "a.sarif").findings) == 1


def test_what_the_analyser_did_not_do_is_a_gap():
    said = {"message": {"text": "cannot parse b.py"}, "level": "error"}
    failed = {
        "executionSuccessful": False,
        "toolConfigurationNotifications": [{**said, "message": {"text": "no rule y"}}],
        "toolExecutionNotifications": [said],
    }
    told = read(log(invocations=[failed]), "a.sarif")
    assert [each.why for each in told.gaps] == [
        "the analyser says that it did not finish",
        "the analyser says: no rule y",
        "the analyser says: cannot parse b.py",
    ]
    runs = [{"tool": {"driver": {"name": "t"}}}]
    bare = json.dumps({"version": "2.1.0", "runs": runs}).encode()
    assert read(bare, "a.sarif").gaps[0].why == "the run holds no results"


@pytest.mark.parametrize("host", ["file:", "file://", "file://localhost", "FILE://"])
def test_addresses_of_files_are_paths(host):
    place = {"artifactLocation": {"uri": f"{host}/home/ada/a.py"}}
    assert only(result(locations=[{"physicalLocation": place}])).subject == "home/ada/a.py"


def test_results_join_a_report_once_and_below_its_folder():
    place = {"artifactLocation": {"uri": "file:///home/ada/app/src/b.py"}}
    told = read(log(result(), result(locations=[{"physicalLocation": place}])), "a.sarif")
    joined = taken(report(found("no-healthcheck")), [told, told], "/home/ada/app")
    assert [each.subject for each in joined.findings] == ["src/a b.py", "src/b.py", "web.yaml"]
    assert joined.subjects == {"sarif/ana-lyser-2": 2}
    assert joined.rules["ana-lyser-2/x"].title == "ana-lyser-2/x"
    again = taken(joined, [told], "/home/ada/app")
    assert again.findings == joined.findings


@pytest.mark.parametrize(
    ("data", "why"),
    [
        (b"", "not the JSON expected"),
        (b'{"version": "2.0.0", "runs": []}', "is SARIF '2.0.0', and 2.1.0 is read"),
        (b'{"version": "2.1.0"}', "runs"),
        (log(result(message="x")), r"\$.runs\[0\].results\[0\].message"),
        (b'{"version": "2.1.0", "runs": [{"tool": {"driver": {"name": " "}}}]}', "name is wanted"),
        ("".join(sarif.render(FULL)).encode(), "is SARIF of ours"),
        (b'{"x": ' + b"[" * 100_000, "not the JSON expected"),
    ],
)
def test_a_broken_file_is_an_error_that_names_it(data, why):
    with pytest.raises(PolicyError, match=why):
        read(data, "a.sarif")


def test_what_is_repeated_or_nested_without_end_is_cut():
    rules = [{"id": "x", "messageStrings": {"m": {"text": "{0}" * 2000}}}]
    message = {"id": "m", "arguments": ["a" * 100_000]}
    place = {"artifactLocation": {"uri": "b" * 100_000}}
    finding = only(
        result(message=message, locations=[{"physicalLocation": place}]),
        rules=rules,
    )
    assert len(finding.evidence.says) <= analysers.MAX_TEXT_CHARS
    assert len(finding.evidence.path) <= analysers.MAX_TEXT_CHARS
    assert len(only(result(ruleId="/" * 100_000)).rule) < 300
    runs = [{"tool": {"driver": {"name": "t"}}}] * (analysers.MAX_RUNS + 1)
    with pytest.raises(PolicyError, match="more than 1000 runs"):
        read(json.dumps({"version": "2.1.0", "runs": runs}).encode(), "a.sarif")


def test_there_is_a_most_of_results(monkeypatch):
    monkeypatch.setattr(analysers, "MAX_RESULTS", 1)
    with pytest.raises(PolicyError, match="more than 1 results"):
        read(log(result(), result()), "a.sarif")
