"""Which part of a match is the secret, and what stands for one."""

import pytest

from hullmark.checks.declare import secret
from hullmark.checks.kinds import NOTHING_MORE
from hullmark.model import File
from hullmark.sieve.allowed import is_placeholder
from hullmark.sieve.eyes import Eyes
from hullmark.sieve.redaction import mark
from hullmark.sieve.tools import Tools


def detector(pattern, *keywords):
    @secret(
        id="made-up",
        title="Made up",
        pattern=pattern,
        max_chars=60,
        keywords=keywords,
        bad=lambda random: "",
        good=lambda random: "",
        remediation="None.",
    )
    def made_up(value):
        """It opens what it opens."""
        return NOTHING_MORE

    return made_up


def marks(found_by, line):
    tools = Tools({"made-up": found_by}, {}, "")
    file = File(path="a.txt", content=line.encode())
    return [each.mark for each in Eyes(tools).whole(file, lambda path, why: None)]


@pytest.mark.parametrize("line", ["key=Zr8kQw2Lp", 'key="Zr8kQw2Lp"', "key Zr8kQw2Lp;"])
def test_first_group_that_matched_is_the_secret(line):
    several = detector(r'key(?:="(\w{9})"|=(\w{9})| (\w{9});)', "key")
    assert marks(several, line) == [mark(b"Zr8kQw2Lp")]


def test_whole_match_is_the_secret_where_no_group_matched():
    assert marks(detector(r"tok_\w{9}|x(\w{40})", "tok_"), "tok_Zr8kQw2Lp") == [
        mark(b"tok_Zr8kQw2Lp")
    ]


def test_placeholders_are_looked_for_in_what_was_drawn():
    fixed = detector(r"AAAAAAAAAA\w{12}", "AAAAAAAAAA")
    assert marks(fixed, "AAAAAAAAAA" + "Zr8kQw2LpT5v")
    assert not marks(fixed, "AAAAAAAAAA" + "your_token__")
    assert not marks(fixed, "AAAAAAAAAA" + "xxxxxxxxxxxx")


@pytest.mark.parametrize("value", ["$TOKEN", "${TOKEN}", "x-{{ token }}", "%TOKEN%", "<token>"])
def test_references_are_no_values(value):
    assert is_placeholder(value)


@pytest.mark.parametrize("value", ["pa55$word", "$6$Zr8kQw2L$Lp0Tq", "a$b"])
def test_dollar_signs_in_values_are_no_references(value):
    assert not is_placeholder(value)
