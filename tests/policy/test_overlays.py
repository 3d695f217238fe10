"""Frameworks of one's own: by rules, kinds, and controls of others."""

import pytest

from hullmark.apps.rules import one
from hullmark.model import PolicyError
from hullmark.model.framework import Status
from hullmark.policy.frameworks import frameworks, held
from hullmark.policy.overlays import read
from tests.policy.test_frameworks import ALL, PODS, found, report

KNOWN = frameworks()
GOOD = """\
frameworks:
- id: ours
  title: What we ask for
  version: 2026.10
  references: [https://example.org/x]
  controls:
  - id: 1.10
    title: Nobody is privileged
    rules: [privileged-container, github-token, semgrep/python.eval]
  - id: 2
    like: [mlps-2/8.1.4.7, nist-800-190/3.1.4]
  - id: 3
    title: People look
    manual: They know.
- id: theirs
  extends: ours
  controls:
  - {id: 4, rules: ["kind:secret"]}
"""


def loaded(text):
    return read(text.encode(), "f.yaml", lambda rule: one(rule) is not None, KNOWN)


def test_clauses_take_rules_and_those_of_other_controls():
    made = loaded(GOOD)
    assert list(made) == ["ours", "theirs"]
    assert made["ours"].version == "2026.10"
    first, second, third = made["ours"].controls
    assert first.id == "1.10"
    assert "tls-check-disabled" in second.rules
    assert "kind:secret" in second.rules
    assert second.title.startswith("Integrity of data; ")
    assert third.manual == "They know."
    assert [each.id for each in made["theirs"].controls] == ["1.10", "2", "3", "4"]


def test_a_clause_that_is_one_control_is_asked_for_since_then():
    newer = next(each for each in KNOWN["pss-baseline"].controls if each.since)
    text = f"frameworks:\n- id: o\n  controls:\n  - {{id: 1, like: [pss-baseline/{newer.id}]}}\n"
    assert loaded(text)["o"].controls[0].since == newer.since


def test_clauses_are_judged_as_ours_are():
    def told(of, scanners=ALL):
        done = held(of, [loaded(GOOD)["ours"]], scanners)
        return {each.id: each for each in done.frameworks[0].outcomes}

    assert told(report(**PODS))["1.10"].status is Status.GAP
    assert told(report(**PODS))["1.10"].missed == 1
    judged = told(report(**PODS, sarif_semgrep=1))["1.10"]
    assert judged.status is Status.PASS
    assert [(each.what, each.count) for each in judged.judged] == [
        ("content", None),
        ("kubernetes/Pod*", 1),
        ("sarif/semgrep", 1),
    ]
    assert told(report(found("semgrep/python.eval")))["1.10"].status is Status.FAIL
    assert told(report(**PODS, sarif_semgrep=1), ("config",))["1.10"].status is Status.GAP


@pytest.mark.parametrize(
    ("old", "new", "place", "why"),
    [
        ("privileged-container", "privilegd", "f.yaml:7", "no rule 'privilegd'"),
        ("privileged-container", "kind:bug", "f.yaml:7", "no kind 'kind:bug'"),
        ("privileged-container", "end-of-life-software", "f.yaml:7", "name its kind"),
        ("mlps-2/8.1.4.7", "mlps-2/9", "f.yaml:10", "mlps-2 has no control '9'"),
        ("mlps-2/8.1.4.7", "mlps/9", "f.yaml:10", "no framework 'mlps'"),
        ("extends: ours", "extends: its", "f.yaml:15", "no framework 'its'"),
        ("id: 4", "id: 2", "f.yaml:18", "there is a control '2' of theirs already"),
        ("id: ours", "id: mlps-2", "f.yaml:2", "there is a framework 'mlps-2' already"),
        ("id: ours", "id: a b", "f.yaml:2", "an id of letters"),
        ("manual: They know.", "waits:", "f.yaml:12", "3 asks for nothing"),
        ("manual:", "by:", "f.yaml:12", "unknown key 'by'"),
        ("like: [mlps-2/8.1.4.7, nist-800-190/3.1.4]", "like: x", "f.yaml:10", "a list"),
    ],
)
def test_a_broken_file_is_an_error_that_names_line_and_rule(old, new, place, why):
    with pytest.raises(PolicyError, match=why) as error:
        loaded(GOOD.replace(old, new, 1))
    assert error.value.place == place
