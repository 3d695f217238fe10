"""Ranges of npm hold what npm says that they hold."""

from random import Random

import pytest

from hullmark.model import ParseError
from hullmark.versions.npm_range import satisfies
from tests.versions.peers import ask, there
from tests.versions.pieces import SEED
from tests.versions.test_peers import NPM

NODE = """
const semver = require(process.argv[1]);
for (const line of require("fs").readFileSync(0, "utf8").split("\\n").slice(0, -1)) {
  const [version, range] = line.split("\\t");
  const known = semver.validRange(range, {loose: true}) !== null;
  console.log(known ? String(semver.satisfies(version, range, {loose: true})) : "refused");
}
"""
VERSIONS = (
    *("0.0.0", "0.0.1", "0.1.0", "0.1.1", "0.2.0", "1.0.0", "1.0.1", "1.2.0", "1.2.3", "1.2.4"),
    *("1.3.0", "2.0.0", "2.1.0", "3.0.0", "0.0.0-0", "0.0.1-a", "1.0.0-a", "1.2.3-a", "1.2.3-b.2"),
    *("1.2.3-0", "1.3.0-0", "2.0.0-0", "2.0.0-rc.1", "1.2.3+build"),
)
OPERATORS = ("", "", "=", ">", "<", ">=", "<=", "^", "^", "~", "~", "~>", ">= ", "^ ", "~> ", "<v")
NUMBERS = (
    *("0", "1", "2", "0.0", "0.1", "1.2", "2.0", "0.0.0", "0.0.1", "0.1.0", "1.0.0", "1.2.3"),
    *("2.0.0", "*", "x", "1.x", "1.X.x", "1.*", "1.2.x", "0.x", "0.0.x", "1.x.3", "v1.2", "=1.2.3"),
)
PRE = ("", "", "", "", "", "-a", "-b.1", "-0", "a", "+build", "-a+build")


def drawn(random):
    """One range: a few terms, spans and alternatives, and now and then rubbish."""

    def term():
        text = random.choice(OPERATORS) + random.choice(NUMBERS) + random.choice(PRE)
        return random.choice(("foo", ">", "1.2.3.4", "^a")) if random.random() < 0.03 else text

    def alternative():
        if random.random() < 0.2:
            one, other = (random.choice(NUMBERS) + random.choice(PRE) for _ in "12")
            return f"{one} - {other}"
        return " ".join(term() for _ in range(random.choice((0, 1, 1, 1, 2, 2, 3))))

    return random.choice(("||", " || ")).join(
        alternative() for _ in range(random.choice((1, 1, 1, 2, 3)))
    )


def ours(version, range):
    """What we say, in the words of the program above."""
    try:
        return str(satisfies(version, range)).lower()
    except ParseError:
        return "refused"


def test_ranges_hold_what_npm_says():
    folder = there("npm's semver", *NPM)
    random = Random(SEED)
    asked = [(random.choice(VERSIONS), drawn(random)) for _ in range(20_000)]
    answers = ask("node", "-e", NODE, str(folder), send=["\t".join(each) for each in asked])
    wrong = [
        (*each, theirs, ours(*each))
        for each, theirs in zip(asked, answers, strict=True)
        if ours(*each) != theirs
    ]
    print(f"npm ranges: {len(asked)} questions, {len(wrong)} differences")
    assert 0.1 < answers.count("true") / len(answers) < 0.9
    assert not wrong


@pytest.mark.parametrize(
    ("range", "inside", "outside"),
    [
        ("^1.2.3", ("1.2.3", "1.9.0"), ("1.2.2", "2.0.0", "2.0.0-0", "1.3.0-a")),
        ("^0.2.3", ("0.2.3", "0.2.9"), ("0.3.0", "0.2.2")),
        ("~1.2", ("1.2.0", "1.2.9"), ("1.3.0", "1.3.0-0")),
        ("1.2 - 2", ("1.2.0", "2.9.9"), ("3.0.0", "1.1.9")),
        (">=1.2.3-b <2 || 5.x", ("1.2.3-b", "1.2.3-c", "1.9.0", "5.1.0"), ("1.2.4-b", "3.0.0")),
        ("", ("0.0.0", "9.9.9"), ("1.0.0-a",)),
        (">1", ("2.0.0",), ("1.9.9",)),
        ("<=1", ("1.9.9",), ("2.0.0-0", "2.0.0")),
    ],
)
def test_a_range_holds_what_its_words_say(range, inside, outside):
    assert [each for each in inside if not satisfies(each, range)] == []
    assert [each for each in outside if satisfies(each, range)] == []


def test_what_is_no_range_or_no_version_is_an_error_that_names_it():
    with pytest.raises(ParseError, match="rubbish: no range of npm"):
        satisfies("1.0.0", "rubbish")
    with pytest.raises(ParseError, match="one: no version of npm"):
        satisfies("one", "1")
