"""A report held against frameworks: what was not judged is a gap, never a pass."""

import pytest
from msgspec.structs import replace

from hullmark.apps import rules
from hullmark.checks.kinds import ConfigCheck
from hullmark.checks.rooms import CONFIG
from hullmark.model import Artifact, Evidence, Finding, Gap, Report, Severity
from hullmark.model.artifact import ArtifactKind
from hullmark.model.exemption import Exemption, Suppressed
from hullmark.model.finding import Kind
from hullmark.model.framework import Control, Framework, Status
from hullmark.policy.frameworks import KIND, SCANNERS, frameworks, held, subjects
from hullmark.unit import discover

ALL = ("packages", "vulnerabilities", "secrets", "malware", "config")
PRIVILEGED = "privileged-container"


def report(*findings, gaps=(), **counts):
    return Report(
        artifact=Artifact(kind=ArtifactKind.TREE, name="dir:x"),
        findings=tuple(findings),
        gaps=tuple(gaps),
        subjects={key.replace("_", "/"): count for key, count in counts.items()},
    )


def found(rule, kind=Kind.MISCONFIGURATION):
    evidence = Evidence(at="a", says="s")
    return Finding(
        rule=rule, kind=kind, severity=Severity.LOW, subject="web.yaml", evidence=evidence
    )


def status(control, of, scanners=ALL):
    framework = Framework(id="x", title="X", version="1", references=(), controls=(control,))
    (standing,) = held(of, [framework], scanners).frameworks
    return standing.outcomes[0].status


def control(*rules, **more):
    return Control(id="1", title="t", rules=rules, **more)


PODS = {"kubernetes_Pod*": 1}


def test_a_control_passes_only_when_something_was_judged():
    assert status(control(PRIVILEGED), report(**PODS)) is Status.PASS
    assert status(control(PRIVILEGED), report()) is Status.NOT_APPLICABLE
    assert status(control(PRIVILEGED), report(dockerfile=2)) is Status.NOT_APPLICABLE
    assert status(control(PRIVILEGED), report(found(PRIVILEGED), **PODS)) is Status.FAIL


def test_what_was_not_looked_at_is_a_gap():
    gap = Gap(unit="kubernetes", subject="b.yaml", why="not YAML")
    assert status(control(PRIVILEGED), report(gaps=[gap], **PODS)) is Status.GAP
    assert status(control(PRIVILEGED), report(**PODS), ("secrets",)) is Status.GAP
    assert status(control(f"{KIND}secret"), report(**PODS), ("config",)) is Status.GAP
    assert status(control(f"{KIND}secret"), report(**PODS)) is Status.PASS
    unread = Gap(unit="java-archive", subject="a.jar", why="cut short")
    assert status(control(f"{KIND}secret"), report(gaps=[unread], **PODS)) is Status.GAP
    assert status(control(PRIVILEGED), report(gaps=[unread], **PODS)) is Status.PASS
    unmatched = Gap(unit="vulnerabilities", subject="advisories", why="none on hand")
    assert status(control(f"{KIND}secret"), report(gaps=[unmatched])) is Status.PASS
    assert status(control(f"{KIND}vulnerability"), report(gaps=[unmatched])) is Status.GAP
    unopened = Gap(unit="tree", subject="etc", why="not read")
    assert status(control(PRIVILEGED), report(gaps=[unopened], **PODS)) is Status.GAP
    assert status(control(PRIVILEGED, waits="nodes"), report(**PODS)) is Status.GAP
    assert status(control(manual="people"), report(**PODS)) is Status.MANUAL


def test_what_could_not_be_read_is_a_gap_where_nothing_else_was_there():
    gap = Gap(unit="kubernetes", subject="b.yaml", why="not YAML")
    assert status(control(PRIVILEGED), report(gaps=[gap])) is Status.GAP
    unopened = Gap(unit="tree", subject="etc", why="not read")
    assert status(control(PRIVILEGED), report(gaps=[unopened])) is Status.NOT_APPLICABLE


def test_there_is_nothing_to_judge_without_pods_and_without_packages():
    settings = {"kubernetes": 1, "kubernetes_Bundle": 1, "kubernetes_ConfigMap": 1}
    assert status(control("missing-network-policy"), report(**settings)) is Status.NOT_APPLICABLE
    assert status(control("missing-network-policy"), report(**PODS)) is Status.PASS
    assert status(control(f"{KIND}vulnerability"), report()) is Status.NOT_APPLICABLE


def test_a_pass_says_what_was_accepted_and_which_rules_had_nothing_to_judge():
    by = Exemption(at="x", id=PRIVILEGED, reason="r")
    of = replace(report(**PODS), suppressed=(Suppressed(finding=found(PRIVILEGED), by=by),))
    both = control(PRIVILEGED, "privileged-service")
    framework = Framework(id="x", title="X", version="1", references=(), controls=(both,))
    (outcome,) = held(of, [framework], ALL).frameworks[0].outcomes
    assert outcome.status is Status.PASS
    assert "1 findings were accepted; 1 of its 2 rules" in outcome.says


def test_a_fault_goes_before_all_that_is_missing():
    broken = report(found(PRIVILEGED), **PODS)
    assert status(control(PRIVILEGED, waits="nodes"), broken) is Status.FAIL
    leak = report(found("github-token", Kind.SECRET))
    assert status(control(f"{KIND}secret"), leak) is Status.FAIL


def test_findings_are_those_that_the_framework_speaks_of():
    framework = Framework(
        id="x", title="X", version="1", references=(), controls=(control(PRIVILEGED),)
    )
    kept = held(report(found(PRIVILEGED), found("no-healthcheck")), [framework], ALL)
    assert [each.rule for each in kept.findings] == [PRIVILEGED]
    assert (kept.frameworks[0].percent, held(report(), [framework], ALL).frameworks[0].percent) == (
        0.0,
        None,
    )


@pytest.mark.parametrize("id", frameworks())
def test_every_rule_that_a_framework_names_exists_and_is_judged(id):
    framework = frameworks()[id]
    assert framework.id == id
    assert len({each.id for each in framework.controls}) == len(framework.controls)
    known = rules.every()
    for each in framework.controls:
        assert each.rules or each.waits or each.manual, each.id
        for rule in each.rules:
            if rule.startswith(KIND):
                assert rule.removeprefix(KIND) in SCANNERS
            else:
                assert rule in known, rule
                assert subjects(rule), rule


@pytest.mark.parametrize("room", ["seccomp", "apparmor"])
def test_what_asks_for_profiles_asks_for_all_that_is_judged_of_them(room):
    checks = set(discover(CONFIG[room], ConfigCheck))
    for framework, id in (
        *(("nist-800-190", "3.4.3"), ("nsa-kubernetes", "pods-7"), ("pci-dss", "2.2.6")),
        ("mlps-2", "8.1.4.2" if room == "apparmor" else "8.1.4.4"),
    ):
        (control,) = (each for each in frameworks()[framework].controls if each.id == id)
        assert checks <= {*control.rules}, (framework, checks - {*control.rules})


@pytest.mark.parametrize("id", frameworks())
def test_no_control_names_a_rule_twice(id):
    for each in frameworks()[id].controls:
        assert len({*each.rules}) == len(each.rules), each.id
