"""What people say of controls: only of what is open, and until its day."""

import pytest

from hullmark.model import PolicyError
from hullmark.model.framework import Control, Framework, Status
from hullmark.policy.answers import MAX_TEXT_CHARS, read
from hullmark.policy.frameworks import held
from hullmark.policy.shares import gated, share
from tests.policy.test_frameworks import ALL, PODS, PRIVILEGED, found, report

FRAMEWORK = Framework(
    id="own",
    title="Own",
    version="1",
    references=(),
    controls=(
        Control(id="4.10", title="people", manual="ask them"),
        Control(id="2", title="rule", rules=(PRIVILEGED,)),
        Control(id="3", title="waits", waits="nodes"),
    ),
)
ENTRY = """\
controls:
- framework: own
  control: 4.10
  status: pass
  owner: ada
  until: 2026-12-31
  evidence: https://wiki.example/x
"""


def standing(text, of=None, today="2026-11-22"):
    answers = read(text.encode(), "c.yaml")
    done = held(of or report(**PODS), [FRAMEWORK], ALL, answers=answers, today=today)
    return {each.id: each for each in done.frameworks[0].outcomes}, done


def test_an_answer_counts_until_its_last_day_and_keeps_who_gave_it():
    told, done = standing(ENTRY, today="2026-12-31")
    assert told["4.10"].status is Status.PASS
    assert told["4.10"].answer.owner == "ada"
    assert told["4.10"].answer.at == "c.yaml:2"
    assert done.notes == ()
    told, done = standing(ENTRY, today="2027-01-01")
    assert told["4.10"].status is Status.GAP
    assert done.notes == ("c.yaml:2: own 4.10 is not answered any more since 2026-12-31",)


@pytest.mark.parametrize("of", [report(**PODS), report(found(PRIVILEGED), **PODS)])
def test_what_checks_judge_is_not_for_people_to_say(of):
    before, _ = standing(ENTRY, of)
    told, done = standing(ENTRY.replace("4.10", "2"), of)
    assert told["2"] == before["2"]
    assert "own 2 is answered, but what was judged makes it" in done.notes[0]


def test_gaps_may_be_answered_and_what_is_unknown_is_told():
    failed = ENTRY.replace("4.10", "3").replace("pass", "fail").replace("evidence", "reason")
    told, _ = standing(failed)
    assert told["3"].status is Status.FAIL
    assert told["3"].says == "https://wiki.example/x; ada says so until 2026-12-31"
    _, done = standing(ENTRY.replace("4.10", "4.1"))
    assert done.notes == ("c.yaml:2: own has no control 4.1",)
    _, done = standing(ENTRY.replace(": own", ": owm"))
    assert done.notes == ("c.yaml:2: there is no framework owm",)
    _, done = standing(ENTRY.replace(": own", ": cis-docker"))
    assert done.notes == ()


@pytest.mark.parametrize(
    ("text", "place", "why"),
    [
        ("", "c.yaml", "one YAML document"),
        ("controls: {", "c.yaml", "not YAML"),
        ("more: []", "c.yaml", "unknown key 'more'"),
        ("controls: 3", "c.yaml:1", "a list is wanted"),
        ("controls:\n- 3", "c.yaml:2", "keys with values"),
        (ENTRY.replace("owner", "who"), "c.yaml:2", "unknown key 'who'"),
        (ENTRY.replace("owner: ada", "owner:"), "c.yaml:2", "has no owner"),
        (ENTRY.replace("owner: ada", "owner: [ada]"), "c.yaml:2", "owner: one value"),
        (ENTRY.replace("pass", "maybe"), "c.yaml:2", "'maybe' is no status"),
        (ENTRY.replace("pass", "manual"), "c.yaml:2", "'manual' is no status"),
        (ENTRY.replace("pass", "fail"), "c.yaml:2", "needs reason"),
        (ENTRY.replace("evidence", "reason"), "c.yaml:2", "needs evidence"),
        (ENTRY.replace("2026-12-31", "soon"), "c.yaml:2", "'soon' is no date"),
        (ENTRY + ENTRY.partition("\n")[2], "c.yaml:8", "answered at c.yaml:2 already"),
        (ENTRY.replace("ada", "a" * 2 * MAX_TEXT_CHARS), "c.yaml:2", "owner: more than"),
    ],
)
def test_a_broken_file_is_an_error_that_names_the_line(text, place, why):
    with pytest.raises(PolicyError, match=why.replace("[", r"\[")) as error:
        read(text.encode(), "c.yaml")
    assert error.value.place == place


def test_the_gate_counts_what_another_run_could_judge():
    _, done = standing(ENTRY)
    assert share(done.frameworks[0]) == 100
    assert gated(done, 100).decision is None
    _, done = standing(ENTRY, today="2027-01-01")
    assert share(done.frameworks[0]) == 50
    assert gated(done, 50).decision is None
    decision = gated(done, 50.1).decision
    assert decision.verdict == "deny"
    assert decision.because == ("own 4.10 gap",)
    empty = held(report(), [FRAMEWORK], ALL)
    assert share(empty.frameworks[0]) is None
    assert gated(empty, 1).decision.verdict == "deny"
