"""Hyperscan finds what RE2 finds: every alternative of every anchor, wherever it stands."""

from re import ASCII, match
from re import _constants as kinds  # type: ignore[attr-defined]  # the parser of re itself
from re import _parser as reader  # type: ignore[attr-defined]  # as above

import pytest
import re2  # type: ignore[import-untyped]  # it has no stubs

import hullmark.checks.malware
import hullmark.checks.secret
from hullmark.checks.kinds import Detector, Signature
from hullmark.sieve.alternatives import MAX_ALTERNATIVES, MAX_PARTS, parts
from hullmark.sieve.database import Sought, database
from hullmark.sieve.tools import Tools
from hullmark.unit import discover

DETECTORS = discover(hullmark.checks.secret, Detector)
SIGNATURES = discover(hullmark.checks.malware, Signature)
OFFSETS = (0, 1, 7, 63, 64, 511, 4096)
AROUND = (b"a", b" ", b'"')
BEHIND = (0, 1, 40)
LIKELY = "kKd7Z2:-_. \t=,'\"/+" + "".join(map(chr, [*range(33, 256), *range(33)]))

CATEGORIES = {
    kinds.CATEGORY_DIGIT: r"\d",
    kinds.CATEGORY_NOT_DIGIT: r"\D",
    kinds.CATEGORY_SPACE: r"\s",
    kinds.CATEGORY_NOT_SPACE: r"\S",
    kinds.CATEGORY_WORD: r"\w",
    kinds.CATEGORY_NOT_WORD: r"\W",
}


def texts(tree):
    """Shortest texts that an expression matches, so many that each alternative is in one."""
    pieces = [list(piece(kind, of)) for kind, of in tree]
    count = max(map(len, pieces), default=1)
    return ["".join(each[n % len(each)] for each in pieces) for n in range(count)]


def piece(kind, of):
    if kind is kinds.BRANCH:
        return [text for branch in of[1] for text in texts(branch)]
    if kind is kinds.SUBPATTERN:
        return texts(of[3])
    if kind in (kinds.MAX_REPEAT, kinds.MIN_REPEAT):
        least, _, repeated = of
        return ["", texts(repeated)[0]] if not least else [t * least for t in texts(repeated)]
    return [""] if kind is kinds.AT else [next(each for each in LIKELY if stands(kind, of, each))]


def stands(kind, of, char):
    """Whether a character may stand where an expression wants one."""
    match kind:
        case kinds.LITERAL:
            return ord(char) == of
        case kinds.NOT_LITERAL:
            return ord(char) != of
        case kinds.RANGE:
            return of[0] <= ord(char) <= of[1]
        case kinds.CATEGORY:
            return bool(match_one(CATEGORIES[of], char))
        case kinds.ANY:
            return True
        case kinds.IN:
            negated = of[0][0] is kinds.NEGATE
            return negated != any(stands(*each, char) for each in of[negated:])
    raise AssertionError(kind)


def match_one(expression, char):
    return match(expression, char, ASCII)


def exact(expression):
    """An expression as RE2 has it, over bytes."""
    options = re2.Options()
    options.encoding = re2.Options.Encoding.LATIN1
    options.dot_nl = True
    return re2.compile(expression.encode(), options)


def blocks(text):
    """A text in blocks of other bytes, at several places."""
    for offset in OFFSETS:
        for byte in AROUND:
            for behind in BEHIND:
                yield byte * offset + text + byte * behind


@pytest.fixture(scope="module")
def net():
    return Tools(DETECTORS, SIGNATURES, "").named


def numbers(found, data):
    hit = set()
    found.hits(data, lambda number, *_: hit.add(number))
    return hit


@pytest.mark.parametrize("id", DETECTORS)
def test_hyperscan_finds_every_alternative_wherever_it_stands(id, net):
    anchor = DETECTORS[id].anchor
    index = list(DETECTORS).index(id)
    own = {number for number, each in enumerate(net.meanings) if each.detector == index}
    matches = exact(anchor).search
    sought = 0
    for text in dict.fromkeys(texts(reader.parse(anchor))):
        for data in blocks(text.encode("latin-1")):
            if matches(data):
                sought += 1
                assert own & numbers(net.database, data), data
    assert sought


def test_alternatives_taken_apart_are_found():
    first = ["password", "connection_string", "client_secret", "administrator_login_password"]
    words = [
        *first,
        "key_pem",
        "token",
        "secret_string",
        "access_key",
        "secret",
        "secret_key",
        "private_key",
    ]
    expression = rf'"(?:{"|".join(words)})": "[^\s]{{6}}'
    split = database([Sought(expression=each.encode()) for each in parts(expression)], "")
    for word in words:
        for data in blocks(f'"{word}": "Abcdef'.encode()):
            assert numbers(split, data), data


@pytest.mark.parametrize(
    ("expression", "expected"),
    [
        ("(?:a|b)", ["(?:a|b)"]),
        ("a|b|c|d|e|f|g|h", ["a|b|c|d|e|f|g|h"]),
        ("x(?:a|b|c|d|e|f|g|h)y", ["x(?:a|b|c|d|e|f)y", "x(?:g|h)y"]),
        ("(?i:a|b|c|d|e|f|g)", ["(?i:a|b|c|d|e|f)", "(?i:g)"]),
        (r"(a|[|)]|\||(d|x)|e|f|g)", [r"(a|[|)]|\||(d|x)|e|f)", "(g)"]),
        ("(?:a|b|c|d|e|f|g)?x", ["(?:a|b|c|d|e|f|g)?x"]),
        (r"[]a(](?:a|b|c|d|e|f|g)", ["[]a(](?:a|b|c|d|e|f)", "[]a(](?:g)"]),
        ("(?:", ["(?:"]),
        ("[", ["["]),
        ("\\", ["\\"]),
    ],
)
def test_groups_are_taken_apart(expression, expected):
    assert parts(expression) == expected


def test_groups_that_make_too_many_expressions_stay():
    many = "(?:" + "|".join("a" * n for n in range(1, MAX_ALTERNATIVES * 3 + 1)) + ")"
    assert len(parts(many * 3)) == 27 <= MAX_PARTS
    assert parts(many * 4) == [many * 4]
