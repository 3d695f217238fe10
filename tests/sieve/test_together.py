"""Small files searched by one call: what is told of each is its own."""

from random import Random
from re import compile as regex

import pytest

from hullmark.checks.secret.github_token import github_token
from hullmark.checks.secret.netrc_password import netrc_password
from hullmark.sieve.eyes import Eyes
from hullmark.sieve.together import BETWEEN, JOINED_BYTES, MAX_BYTES, Together
from hullmark.sieve.tools import Tools

TOKEN = regex(r"ghp_\w{36}").findall(github_token.bad(Random(1)))[0]
DETECTORS = {each.rule.id: each for each in (github_token, netrc_password)}


@pytest.fixture(scope="module")
def tools():
    return Tools(DETECTORS, {}, "")


def test_places_are_told_of_the_file_that_they_are_in(tools):
    together = Together(tools)
    token = TOKEN.encode()
    files = {"first": b"x" * 100, "second": b"ab" + token, "third": b"", "fourth": token + b"\n"}
    for name, data in files.items():
        assert together.add(data, name) == []
    found = together.settle()
    assert {each.owner: each.data for each in found} == {
        name: files[name] for name in ("second", "fourth")
    }
    assert {each.owner: each.hits.places[0][0] for each in found} == {
        "second": 2 + len(token),
        "fourth": len(token),
    }
    assert together.is_empty
    assert together.settle() == []


def test_what_begins_in_one_file_and_ends_in_the_next_is_in_none(tools):
    token = TOKEN.encode()
    together = Together(tools)
    together.add(token[:20], "first")
    together.add(token[20:], "second")
    assert together.settle() == []
    assert BETWEEN not in token


def test_texts_and_others_are_searched_for_what_is_sought_in_them(tools):
    together = Together(tools)
    together.add(b"\0" + TOKEN.encode(), "binary")
    together.add(TOKEN.encode(), "text")
    assert {
        each.owner: each.hits.meanings is tools.binary.meanings for each in together.settle()
    } == {
        "binary": True,
        "text": False,
    }


def test_many_are_searched_as_soon_as_there_are_enough(tools):
    together = Together(tools)
    whole = TOKEN.encode().ljust(MAX_BYTES, b" ")
    told = [each.owner for number in range(20) for each in together.add(whole, number)]
    told += [each.owner for each in together.settle()]
    assert sorted(told) == list(range(20))
    assert len(told) * MAX_BYTES > JOINED_BYTES


def test_a_file_with_a_name_of_its_own_is_searched_alone(tools):
    eyes = Eyes(tools)
    assert not eyes.joins("root/.netrc", b"machine", 100)
    assert eyes.joins("root/notes", b"machine", 100)
    assert not eyes.joins("root/notes", b"machine", MAX_BYTES + 1)
    line = b"machine example.org login me password d7Gq2xLw9\n"
    assert eyes.search(line, "root/.netrc")
    assert eyes.search(line, "root/notes") is None
