"""CVSS 4.0: a vector's score lies between those of its macro vector and of the next lower ones.

Specification: https://www.first.org/cvss/v4.0/specification-document (sections 7 and 8)
"""

from collections.abc import Iterator, Mapping
from decimal import Decimal
from fractions import Fraction
from itertools import product
from math import floor

Macro = tuple[int, int, int, int, int, int]
HALF = Fraction(1, 2)

BASE = {  # gravest value first
    "AV": "NALP",
    "AC": "LH",
    "AT": "NP",
    "PR": "NLH",
    "UI": "NPA",
    "VC": "HLN",
    "VI": "HLN",
    "VA": "HLN",
    "SC": "HLN",
    "SI": "HLN",
    "SA": "HLN",
}
REQUIREMENTS = {"CR": "HML", "IR": "HML", "AR": "HML"}
MODIFIED = {f"M{name}": values for name, values in BASE.items()} | {"MSI": "SHLN", "MSA": "SHLN"}
SUPPLEMENTAL = {  # they never change a score
    "S": ("N", "P"),
    "AU": ("N", "Y"),
    "R": ("A", "U", "I"),
    "V": ("D", "C"),
    "RE": ("L", "M", "H"),
    "U": ("Clear", "Green", "Amber", "Red"),
}
MANDATORY = tuple(BASE)
METRICS = {
    **{name: frozenset(values) for name, values in BASE.items()},
    **{
        name: frozenset(("X", *values))
        for name, values in {"E": "APU", **REQUIREMENTS, **MODIFIED, **SUPPLEMENTAL}.items()
    },
}
IMPACTS = ("VC", "VI", "VA", "SC", "SI", "SA")
GRAVEST = {"E": "A", "CR": "H", "IR": "H", "AR": "H"}
"""What is taken for a metric that is not defined."""

STEPS = {
    name: {value: step for step, value in enumerate(values)}
    for name, values in {**BASE, **REQUIREMENTS, "SC": "SHLN", "SI": "SHLN", "SA": "SHLN"}.items()
}
"""How far each value is from the gravest; of subsequent systems that is safety."""

# Of each class, the steps of its highest severity vectors (all have the same) and its depth.
EQ1 = {0: (0, 1), 1: (1, 4), 2: (3, 5)}
EQ2 = {0: (0, 1), 1: (1, 2)}
EQ3_EQ6 = {(0, 0): (0, 7), (0, 1): (3, 6), (1, 0): (1, 8), (1, 1): (3, 8), (2, 1): (3, 10)}
EQ4 = {0: (1, 6), 1: (3, 5), 2: (6, 4)}
LOWER_EQ3_EQ6 = {
    (0, 0): ((0, 1), (1, 0)),
    (0, 1): ((1, 1),),
    (1, 0): ((1, 1),),
    (1, 1): ((2, 1),),
    (2, 1): (),
}

# Scores of macro vectors in tenths. A line holds those of its EQ1, EQ2 and EQ3 by EQ4, EQ5 and EQ6,
# the last changing fastest; EQ3 of 2 has EQ6 of 1 alone.
_SCORES = """
000 100 99 98 95 95 92 100 96 93 87 91 81 93 90 89 80 81 68
001 98 95 95 92 90 84 93 92 89 81 81 65 88 80 78 70 69 48
002 92 82 72 79 69 50 69 55 27
010 99 97 95 92 92 85 95 91 90 83 84 71 92 81 82 71 72 53
011 95 93 92 85 85 73 92 82 80 72 70 59 84 70 71 52 50 30
012 86 75 52 71 52 29 63 29 17
100 98 95 94 87 91 81 94 89 86 74 77 64 87 75 74 63 63 49
101 94 89 88 77 76 67 86 76 74 58 59 50 72 57 57 52 52 25
102 83 70 54 65 58 26 53 21 13
110 95 90 88 76 76 70 90 77 75 62 61 53 77 66 68 59 52 30
111 89 78 76 67 62 58 74 59 57 57 47 23 61 52 57 29 24 16
112 71 59 30 58 26 15 23 13 6
200 93 87 86 72 75 58 86 74 74 61 56 34 70 54 52 40 40 22
201 85 75 74 55 62 51 72 57 55 41 46 19 53 36 34 19 19 8
202 64 51 20 47 21 11 24 9 4
210 88 75 73 53 60 50 73 55 59 40 41 20 54 43 45 22 20 11
211 75 55 58 45 40 21 61 51 48 18 20 9 46 18 17 7 8 2
212 53 24 14 24 12 5 10 3 1
"""


def _scores() -> Iterator[tuple[Macro, int]]:
    for line in _SCORES.split("\n")[1:-1]:
        first, *tenths = line.split()
        eq1, eq2, eq3 = map(int, first)
        rest = product(range(3), range(3), (1,) if eq3 == 2 else (0, 1))  # noqa: PLR2004 - a class
        for (eq4, eq5, eq6), score in zip(rest, tenths, strict=True):
            yield (eq1, eq2, eq3, eq4, eq5, eq6), int(score)


SCORES = dict(_scores())


def four(stated: Mapping[str, str]) -> tuple[Decimal, Decimal]:
    """Base score, and the one with threat and environmental metrics."""
    base = {name: stated[name] for name in BASE}
    modified = {name[1:]: stated[name] for name in MODIFIED if name in stated}
    threat = {name: stated[name] for name in GRAVEST if name in stated}
    alone = _score({**base, **GRAVEST})
    if not modified and not threat:
        return alone, alone
    return alone, _score({**base, **modified, **GRAVEST, **threat})


def macro_vector(own: Mapping[str, str]) -> Macro:
    """The classes of EQ1 to EQ6, 0 the gravest."""
    free = [own[name] == "N" for name in ("AV", "PR", "UI")]
    eq1 = 0 if all(free) else 1 if any(free) and own["AV"] != "P" else 2
    eq2 = 0 if own["AC"] == "L" and own["AT"] == "N" else 1
    high = [own[name] == "H" for name in ("VC", "VI", "VA")]
    eq3 = 0 if high[0] and high[1] else 1 if any(high) else 2
    subsequent = (own["SC"], own["SI"], own["SA"])
    eq4 = 0 if "S" in subsequent else 1 if "H" in subsequent else 2
    eq5 = "APU".index(own["E"])
    asked = [own[name] == "H" for name in ("CR", "IR", "AR")]
    eq6 = 0 if any(map(all, zip(high, asked, strict=True))) else 1
    return eq1, eq2, eq3, eq4, eq5, eq6


def _score(own: Mapping[str, str]) -> Decimal:
    """The macro vector's score less the mean of what each class takes away, halves rounded up."""
    if all(own[name] == "N" for name in IMPACTS):
        return Decimal(0)
    macro = macro_vector(own)
    score = SCORES[macro]
    taken = list(_taken(own, macro))
    mean = sum(taken, Fraction(0)) / max(len(taken), 1)
    return Decimal(floor(score - mean + HALF)) / 10


def _taken(own: Mapping[str, str], macro: Macro) -> Iterator[Fraction]:
    """For each class that has a lower one: its share of the way there, in tenths of score."""
    eq1, eq2, eq3, eq4, eq5, eq6 = macro
    score = SCORES[macro]
    ways = (
        (((eq1 + 1, eq2, eq3, eq4, eq5, eq6),), ("AV", "PR", "UI"), EQ1[eq1]),
        (((eq1, eq2 + 1, eq3, eq4, eq5, eq6),), ("AC", "AT"), EQ2[eq2]),
        (
            tuple((eq1, eq2, low3, eq4, eq5, low6) for low3, low6 in LOWER_EQ3_EQ6[eq3, eq6]),
            ("VC", "VI", "VA", "CR", "IR", "AR"),
            EQ3_EQ6[eq3, eq6],
        ),
        (((eq1, eq2, eq3, eq4 + 1, eq5, eq6),), ("SC", "SI", "SA"), EQ4[eq4]),
        (((eq1, eq2, eq3, eq4, eq5 + 1, eq6),), (), (0, 1)),  # one vector, thus no way down in it
    )
    for lower, names, (highest, depth) in ways:
        below = [SCORES[each] for each in lower if each in SCORES]
        if below:
            distance = sum(STEPS[name][own[name]] for name in names) - highest
            yield Fraction((score - max(below)) * distance, depth)
