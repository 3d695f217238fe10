"""Thresholds and gaps: what a policy denies, warns of and lets pass, and why it says so."""

import pytest
from msgspec.structs import replace

from hullmark.model import (
    Evidence,
    Finding,
    Fix,
    Gap,
    Kind,
    Policy,
    PolicyError,
    Rule,
    Severity,
    Verdict,
)
from hullmark.model.yaml import decode, item_lines
from hullmark.policy import INTEGRITY_LINE, decide
from hullmark.policy.thresholds import of_file
from hullmark.policy.unfixed import OPTION, without_unfixed
from tests.formats.samples import FULL

TODAY = "2026-11-22"
FAULT = Finding(
    rule="CVE-2026-0001",
    kind=Kind.VULNERABILITY,
    severity=Severity.HIGH,
    subject="pkg:npm/a@1",
    evidence=Evidence(at="a", says="is affected"),
    aliases=("GHSA-aaaa",),
    score=70.0,
)
RULE = Rule(
    id=FAULT.rule,
    title="",
    kind=Kind.VULNERABILITY,
    severity=Severity.HIGH,
    why="",
    remediation="",
    references=(),
    published="2026-11-01T00:00:00Z",
    exploited="2026-11-10",
    epss=0.4,
)
GAP = Gap(unit="java-archive", subject="app.jar", why="is broken")
BLIND = Gap(unit="vulnerabilities", subject="npm", why="no advisories")


def policy(text: str) -> Policy:
    data = text.encode()
    return of_file(decode(data, dict[str, object]), "p.yaml", item_lines(data))


def decision(text: str, *findings: Finding, gaps: tuple[Gap, ...] = (), rule: Rule = RULE):
    report = replace(FULL, findings=findings, gaps=gaps, rules={rule.id: rule})
    return decide(report, policy(text), TODAY)


@pytest.mark.parametrize(
    ("said", "fits"),
    [
        ("severity: high", True),
        ("severity: critical", False),
        ("risk: 70", True),
        ("risk: 70.5", False),
        ("epss: 0.4", True),
        ("epss: 0.5", False),
        ("kev: true", True),
        ("kev: false", False),
        ("fixable: false", True),
        ("fixable: true", False),
        ("grace-days: 21", True),
        ("grace-days: 22", False),
        ("kinds: vulnerability", True),
        ("kinds: [licence, secret]", False),
        ("ids: [GHSA-*]", True),
        ("ids: CVE-2025-*", False),
        ("more-than: 0", True),
        ("more-than: 1", False),
        ("severity: high, kev: true, epss: 0.1", True),
        ("severity: high, kev: true, epss: 0.9", False),
    ],
)
def test_a_finding_counts_when_all_that_is_said_fits(said, fits):
    found = decision(f"deny:\n- {{{said}}}\n", FAULT)
    assert found.verdict is (Verdict.DENY if fits else Verdict.ALLOW)
    if fits:
        assert found.because == ("CVE-2026-0001 pkg:npm/a@1",)
        assert found.policy.startswith("p.yaml:2: deny ")


def test_what_is_unknown_of_a_vulnerability_is_neither_likely_nor_young():
    bare = replace(RULE, published="", exploited="", epss=None)
    assert decision("deny: [{epss: 0.01}]", FAULT, rule=bare).verdict is Verdict.ALLOW
    assert decision("deny: [{kev: true}]", FAULT, rule=bare).verdict is Verdict.ALLOW
    assert decision("deny: [{grace-days: 1000}]", FAULT, rule=bare).verdict is Verdict.DENY


def test_the_strictest_verdict_counts_and_names_its_lines():
    text = "warn:\n- severity: low\n\ndeny:\n- severity: critical\n- more-than: 1\n  because: few\n"
    warned = decision(text, FAULT)
    assert (warned.verdict, warned.policy) == (Verdict.WARN, "p.yaml:2: warn severity low")
    denied = decision(text, FAULT, FAULT)
    assert denied.verdict is Verdict.DENY
    assert denied.policy == "p.yaml:6: deny more-than 1 (few)"
    assert denied.because[0] == "2 findings, more than 1: p.yaml:6"
    assert decision(text).verdict is Verdict.ALLOW


def test_gaps_deny_where_something_denies_and_warn_where_something_warns():
    assert decision("deny: [{severity: critical}]", gaps=(GAP,)).verdict is Verdict.DENY
    warned = decision("warn: [{severity: critical}]", gaps=(GAP,))
    assert (warned.verdict, warned.because) == (Verdict.WARN, ("gap java-archive app.jar",))
    assert "gaps:" in warned.policy
    assert decision("gaps: {allow: []}", gaps=(GAP,)).verdict is Verdict.ALLOW


@pytest.mark.parametrize(
    ("allowed", "left"),
    [
        ("java-archive", ("gap vulnerabilities npm",)),
        ("packages", ("gap vulnerabilities npm",)),
        ("vulnerabilities", ("gap java-archive app.jar",)),
        ("java-archive, vulnerabilities", ()),
        ("all", ()),
        ("java-archive:app.jar", ("gap vulnerabilities npm",)),
        ("java-archive:other.jar, vulnerabilities:npm", ("gap java-archive app.jar",)),
        ("packages:app.jar, all:npm", ("gap java-archive app.jar", "gap vulnerabilities npm")),
    ],
)
def test_gaps_are_allowed_by_unit_with_subject_by_reading_or_all(allowed, left):
    text = f"deny: [{{severity: critical}}]\ngaps: {{allow: [{allowed}]}}\n"
    assert decision(text, gaps=(GAP, BLIND)).because == left


def test_a_file_that_differs_from_its_packages_is_no_broken_digest():
    altered = replace(FAULT, kind=Kind.INTEGRITY, rule="altered-packaged-file")
    assert decision("deny: [{kinds: [vulnerability]}]", altered).verdict is Verdict.ALLOW
    assert decision("deny: [{kinds: [integrity]}]", altered).verdict is Verdict.DENY


def test_gaps_of_content_are_allowed_by_their_own_name_alone():
    missed = replace(GAP, unit="content")
    text = "deny: [{severity: critical}]\ngaps: {allow: [%s]}\n"
    assert decision(text % "packages", gaps=(missed,)).verdict is Verdict.DENY
    assert decision(text % "content", gaps=(missed,)).verdict is Verdict.ALLOW


def test_broken_integrity_is_denied_whatever_a_policy_says():
    broken = replace(FAULT, kind=Kind.INTEGRITY, severity=Severity.INFO)
    found = decision("warn: [{severity: critical}]", broken)
    assert (found.verdict, found.policy) == (Verdict.DENY, INTEGRITY_LINE)


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("forbid: []", "p.yaml: unknown key 'forbid'"),
        ("deny: {}", "p.yaml: deny: a list is wanted"),
        ("deny: [1]", "p.yaml:1: keys with values"),
        ("deny:\n- {}\n", "p.yaml:2: asks for nothing"),
        ("deny:\n- {because: x}\n", "p.yaml:2: asks for nothing"),
        ("deny:\n- severity: low\n- sevrity: low\n", "p.yaml:3: unknown key 'sevrity'"),
        ("deny:\n- {severity: bad}\n", "p.yaml:2: severity: 'bad' is no severity"),
        ("deny:\n- {epss: 5}\n", "p.yaml:2: epss: a number from 0 to 1"),
        ("deny:\n- {epss: .nan}\n", "p.yaml:2: epss: a number"),
        ("deny:\n- {risk: '9'}\n", "p.yaml:2: risk: a number"),
        ("deny:\n- {kev: 1}\n", "p.yaml:2: kev: true or false"),
        ("deny:\n- {grace-days: -1}\n", "p.yaml:2: grace-days: a number"),
        ("deny:\n- {more-than: true}\n", "p.yaml:2: more-than: a number"),
        (f"deny:\n- {{ids: {['*'] * 21}}}\n", "p.yaml:2: ids: more than"),
        (f"deny: {[{'kev': True}] * 101}".replace("True", "true"), "p.yaml: more than 100"),
        ("deny:\n- {kinds: [virus]}\n", "p.yaml:2: kinds: 'virus' is no kind"),
        ("gaps: {deny: []}", "p.yaml: gaps: unknown key 'deny'"),
        ("gaps: {allow: x}", "p.yaml: gaps allow: a list"),
    ],
)
def test_a_wrong_policy_names_its_line_and_key(text, why):
    with pytest.raises(PolicyError, match=why.replace("(", r"\(")):
        policy(text)


def test_lines_of_items_are_found_in_any_style():
    text = b"# top\na:\n  - 1\n  - {x: [1, 2]}\n  -\n    y: 1\n"
    text += b"? [k]\n: [5]\nb: [1,\n 2]\n---\na: [1]\n"
    assert item_lines(text) == {
        ("a", 0): 3,
        ("a", 1): 4,
        ("a", 2): 6,
        ("", 0): 8,
        ("b", 0): 9,
        ("b", 1): 10,
    }


def test_what_nobody_mends_is_put_aside_and_told():
    mended = replace(FAULT, fix=Fix(says="upgrade a to 2", value="2"))
    other = replace(FAULT, kind=Kind.LICENCE)
    report = replace(FULL, findings=(FAULT, mended, other), suppressed=(), notes=())
    found = without_unfixed(report)
    assert found.findings == (mended, other)
    assert [(each.finding, each.by.at) for each in found.suppressed] == [(FAULT, OPTION)]
    assert found.notes == ("--ignore-unfixed: 1 vulnerabilities without a known fix do not count",)
    assert without_unfixed(found) == found
