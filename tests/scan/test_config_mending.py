"""Every mend of every check, through the one that makes them: it ends the fault and only that."""

from collections import Counter

import pytest

from hullmark.checks import compose, dockerfile, kubernetes, script, workflow
from hullmark.checks.kinds import ConfigCheck, ImageCheck
from hullmark.model import File
from hullmark.model.config_edits import ConfigAsk, Place
from hullmark.model.yaml_nodes import nodes
from hullmark.scan.config_files import SYSTEMS, Judging
from hullmark.scan.config_mending import ConfigMender
from hullmark.sieve.options import NOTHING
from hullmark.unit import discover

ROOMS = (compose, dockerfile, kubernetes, script, workflow)
CHECKS = {id: each for room in ROOMS for id, each in discover(room, ConfigCheck).items()}
MENDED = {id: each for id, each in CHECKS.items() if each.mend}
MENDER = ConfigMender()
JUDGING = {each.id: Judging(each, NOTHING) for each in SYSTEMS}


def places(path, data, rule):
    """The places at which a rule speaks, as findings have them."""
    found = []
    for id in MENDER._dispatch.units(path):
        file = File(path=path, content=data)
        claims = JUDGING[id].claims(file, Counter(), [])
        spotted = [each.spotted for each in claims if each.spotted.rule == rule]
        found += [Place(rule=rule, at=each.at or path) for each in spotted]
    return tuple(found)


def mended(path, data, *rules, risky=True):
    asked = tuple(place for rule in rules for place in places(path, data, rule))
    ask = ConfigAsk(path=path, data=data, places=asked, risky=risky)
    return MENDER.mended(ask, lambda _unit, _path: None)


def commented(data):
    """The same with a comment behind the first and before the last line."""
    eol = b"\r\n" if b"\r\n" in data else b"\n"
    lines = data.split(eol)
    if not lines[0].startswith((b"{", b"[")):
        lines.insert(0, b"# kept above")
        lines.append(b"# kept below")
    return eol.join(lines)


@pytest.mark.parametrize("id", sorted(MENDED))
def test_a_mend_ends_what_its_check_tells_of(id):
    of_yaml = not isinstance(CHECKS[id], ImageCheck)
    ended = 0
    for example in CHECKS[id].bad():
        data = commented(example.data)
        assert places(example.path, data, id), "the example is silent"
        answer = mended(example.path, data, id)
        left = {each.place: each.why for each in answer.outcomes if not each.mended}
        rest = places(example.path, answer.after, id)
        assert len(rest) <= len(left), (answer.after.decode(), left)
        ended += len(answer.outcomes) - len(left)
        for word in (b"# kept above", b"# kept below"):
            assert answer.after.count(word) == data.count(word)
        again = mended(example.path, answer.after, id)
        assert again.after == answer.after
        if of_yaml and example.path.endswith((".yaml", ".yml")):
            assert nodes(answer.after.decode())
    assert ended, "no example is mended"


def test_a_risky_mend_is_left_with_what_it_may_break():
    data = CHECKS["privileged-container"].bad()[0].data
    answer = mended("manifest.yaml", data, "privileged-container", risky=False)
    assert answer.after == data
    assert "--risky" in answer.outcomes[0].why
