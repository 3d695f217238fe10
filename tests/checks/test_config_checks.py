"""Every check of configuration as code keeps its promises, by way of the real engine."""

import random
from contextlib import suppress
from functools import cache

import pytest
from msgspec.structs import replace

from hullmark.checks.kinds import ConfigCheck
from hullmark.checks.kube import manifests
from hullmark.checks.rooms import CONFIG, REFERENCES
from hullmark.model import ParseError
from hullmark.model.finding import Kind
from hullmark.model.spotted import Spotted
from hullmark.scan.config_files import SYSTEMS, config_parsers
from hullmark.scan.dispatch import Claim, Dispatch
from hullmark.scan.joining import told_together
from hullmark.scan.reading import Reading
from hullmark.scan.relating import gathered_in
from hullmark.sieve.options import Looking
from hullmark.unit import discover

LOOKING = Looking(config=True, registries=("registry.example",))
CHECKS = {
    id: (system, check)
    for system, room in CONFIG.items()
    for id, check in discover(room, ConfigCheck).items()
}
KINDS = (Kind.MISCONFIGURATION, Kind.SECRET)
DRAWN = 20


@cache
def parsers():
    return config_parsers(LOOKING)


@cache
def dispatch():
    return Dispatch(
        Claim(id=id, version=1, names=each.names, declared=True) for id, each in parsers().items()
    )


def system_of(system, file):
    """The kind of a file, where a check is of several."""
    return system if system != REFERENCES else dispatch().units(file.path)[0]


def seen(system, id, file):
    """What one check says about a file, and what could not be looked at."""
    system = system_of(system, file)
    reading = Reading(parsers())
    reading.read(file, [system], 0)
    joined = told_together(gathered_in(reading.parsed()))
    facts = [fact for parsed in (*reading.parsed(), *joined.parsed) for fact in parsed.facts]
    told = [fact for fact in facts if isinstance(fact, Spotted) and fact.rule == id]
    return told, [*reading.gaps, *joined.gaps]


def test_every_check_has_a_name_of_its_own():
    assert len(CHECKS) == sum(len(discover(room, ConfigCheck)) for room in CONFIG.values())
    assert {each.id for each in SYSTEMS} == {*CONFIG} - {REFERENCES}


@pytest.mark.parametrize("id", CHECKS)
def test_check_fires_on_bad_and_only_on_bad(id):
    system, check = CHECKS[id]
    assert check.rule.id == id
    assert check.bad(), "a check without a bad example proves nothing"
    assert check.good(), "a check without a good example may fire on everything"
    for file in check.bad():
        assert system_of(system, file) in dispatch().units(file.path), file.path
        facts, gaps = seen(system, id, file)
        assert facts, file.text()
        assert not gaps, gaps
        places = [fact.at for fact in facts]
        assert len(places) == len(set(places)), places
        for fact in facts:
            assert fact.says
            assert not fact.says.endswith(".")
            assert 0 < fact.line <= file.data.count(b"\n") + 1, fact
    for file in check.good():
        assert system_of(system, file) in dispatch().units(file.path), file.path
        assert seen(system, id, file) == ([], []), file.text()


@cache
def objects():
    """All objects of all examples."""
    found = []
    for system, check in CHECKS.values():
        for file in (*check.bad(), *check.good()) if system == "kubernetes" else ():
            with suppress(ParseError):
                found += manifests(file)
    return found


@pytest.mark.parametrize("id", [id for id, (_, check) in CHECKS.items() if check.needs])
def test_check_has_nothing_to_say_where_the_keys_are_not_that_it_needs(id):
    _, check = CHECKS[id]
    without = [each for each in objects() if each.keys.isdisjoint(check.needs)]
    assert without
    assert [each.name for each in without if any(check.judge(each))] == []


@pytest.mark.parametrize("id", CHECKS)
def test_check_takes_rubbish_for_what_it_is(id):
    system, check = CHECKS[id]
    for file in (*check.bad(), *check.good()):
        for data in rubbish(id, file.data):
            _, gaps = seen(system, id, replace(file, content=data))
            for gap in gaps:  # an error that is not ParseError begins with its type
                assert not gap.why.partition(":")[0].endswith(("Error", "Exception")), (gap, data)


def rubbish(id, data):
    """Files that hold anything but what belongs there: cut, changed, of other shapes."""
    drawing = random.Random(id)
    yield from (b"", data[: len(data) // 2], data[:-1])
    words = [b"null", b"[]", b"{}", b"1", b"true", b"[[1]]", b"{a: {b: 1}}", b"x", b"-1", b"''"]
    lines = data.split(b"\n")
    for number, line in enumerate(lines):
        key, sign, _ = line.partition(b": ")
        if sign:
            changed = [*lines]
            changed[number] = key + sign + drawing.choice(words)
            yield b"\n".join(changed)
    for _ in range(DRAWN):
        cut = bytearray(data)
        for _ in range(min(len(cut), 6)):
            cut[drawing.randrange(len(cut))] = drawing.randrange(256)
        yield bytes(cut)


@pytest.mark.parametrize("id", CHECKS)
def test_check_is_told_well(id):
    rule = CHECKS[id][1].rule
    assert rule.kind in KINDS
    assert rule.title
    assert not rule.title.endswith(".")
    assert rule.why.endswith(".")
    assert rule.remediation.endswith(".")
    assert rule.references
    assert all(each.startswith("https://") for each in rule.references)
