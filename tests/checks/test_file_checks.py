"""Every check of files keeps its promises, by way of the real engine."""

import random
from functools import cache

import pytest
from msgspec.structs import replace

import hullmark.checks.files
import hullmark.parsers
from hullmark.checks.kinds import FileCheck
from hullmark.model.finding import Kind
from hullmark.scan.dispatch import Claim, Dispatch, may_be_binary
from hullmark.scan.file_checks import as_parser
from hullmark.scan.reading import Reading
from hullmark.unit import discover, ids

CHECKS = discover(hullmark.checks.files, FileCheck)
KINDS = (Kind.MISCONFIGURATION, Kind.SECRET, Kind.MALWARE)
DRAWN = 30
START_BYTES = 64


@cache
def parsers():
    return {id: as_parser(check) for id, check in CHECKS.items()}


@cache
def dispatch():
    return Dispatch(
        Claim(id=id, version=1, names=each.names, magic=each.magic, beside=each.beside)
        for id, each in parsers().items()
    )


def claimed(file):
    """Which checks a scan offers this file to."""
    found = dispatch().units(file.path)
    if may_be_binary(file.path, file.mode):
        found += dispatch().by_magic(file.read(0, START_BYTES))
    return found


def seen(id, file):
    """What one check says about a file, and what it could not look at."""
    reading = Reading({id: parsers()[id]})
    reading.read(file, [id], 0)
    facts = [fact for parsed in reading.parsed() for fact in parsed.facts]
    return facts, reading.gaps


def rubbish(check):
    """Files of the right name that hold anything but what belongs there."""
    drawing = random.Random(check.rule.id)
    for file in (*check.bad(), *check.good()):
        data = file.data
        yield b""
        yield data[: len(data) // 2]
        yield data[:-1]
        for _ in range(DRAWN):
            cut = bytearray(data)
            for _ in range(min(len(cut), 8)):
                cut[drawing.randrange(len(cut))] = drawing.randrange(256)
            yield bytes(cut)
    for start in (*check.magic, b"", b"{", b"[", b"---\n"):
        yield start + drawing.randbytes(500)


def test_checks_are_named_once():
    assert CHECKS
    assert not set(CHECKS) & set(ids(hullmark.parsers))


@pytest.mark.parametrize("id", CHECKS)
def test_check_fires_on_bad_and_only_on_bad(id):
    check = CHECKS[id]
    assert check.rule.id == id
    assert check.bad(), "a check without a bad example proves nothing"
    assert check.good(), "a check without a good example may fire on everything"
    for file in check.bad():
        assert id in claimed(file), file.path
        facts, gaps = seen(id, file)
        assert facts, file.path
        assert not gaps, file.path
        assert {fact.rule for fact in facts} == {id}
        assert {fact.path for fact in facts} == {file.path}
        places = [fact.at for fact in facts]
        assert len(places) == len(set(places)), places
        for fact in facts:
            assert fact.says
            assert not fact.says.endswith(".")
            assert 0 <= fact.line <= file.data.count(b"\n") + 1
    for file in check.good():
        assert id in claimed(file), file.path
        assert seen(id, file) == ([], []), file.path


@pytest.mark.parametrize("id", CHECKS)
def test_check_takes_rubbish_for_what_it_is(id):
    check = CHECKS[id]
    path = check.bad()[0]
    for data in rubbish(check):
        _, gaps = seen(id, replace(path, content=data))
        for gap in gaps:  # an error that is not ParseError begins with its type
            assert not gap.why.partition(":")[0].endswith(("Error", "Exception")), gap


@pytest.mark.parametrize("id", CHECKS)
def test_check_is_told_well(id):
    rule = CHECKS[id].rule
    assert rule.kind in KINDS
    assert rule.title
    assert not rule.title.endswith(".")
    assert rule.why.endswith(".")
    assert rule.remediation.endswith(".")
    assert rule.references
    assert all(each.startswith("https://") for each in rule.references)
