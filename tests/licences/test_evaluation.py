"""SPDX expressions, evaluated: truth tables, nesting, and what is no expression."""

from contextlib import suppress
from itertools import product

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hullmark.licences.evaluation import MAX_TOKENS, evaluated
from hullmark.licences.expression import MalformedError


def fine(**known: int):
    return lambda licence: known[licence]


@pytest.mark.parametrize(("a", "b", "c"), list(product((0, 1, 2), repeat=3)))
def test_the_best_of_a_choice_counts_and_the_worst_of_what_holds_together(a, b, c):
    judge = fine(A=a, B=b, C=c)
    assert evaluated("A OR B", judge) == min(a, b)
    assert evaluated("A AND B", judge) == max(a, b)
    assert evaluated("A OR B AND C", judge) == min(a, max(b, c))
    assert evaluated("A AND B OR C", judge) == min(max(a, b), c)
    assert evaluated("(A OR B) AND C", judge) == max(min(a, b), c)
    assert evaluated("A and (B or (C))", judge) == max(a, min(b, c))


def test_a_licence_with_an_exception_is_one_term():
    seen: list[str] = []

    def judge(licence: str) -> int:
        seen.append(licence)
        return 0

    evaluated(
        "GPL-2.0-only WITH Classpath-exception-2.0 OR (MIT AND LicenseRef-a.b) OR EPL-1.0+", judge
    )
    assert seen == [
        "GPL-2.0-only WITH Classpath-exception-2.0",
        "MIT",
        "LicenseRef-a.b",
        "EPL-1.0+",
    ]


MALFORMED = """
()|A B|A OR|OR A|AND|(A|A)|A (B)|(A) B|A OR OR B|A WITH|WITH A|A WITH B WITH C|(A) WITH B
A WITH (B)|A WITH OR|A++|Ä|A/B|)(|A OR )|(OR A)|A AND (B OR) C
"""


@pytest.mark.parametrize("text", ["", *MALFORMED.strip().replace("\n", "|").split("|")])
def test_what_is_no_expression_is_refused(text):
    with pytest.raises(MalformedError):
        evaluated(text, lambda _: 0)


def test_deep_nesting_and_long_chains_end():
    deep = MAX_TOKENS // 4
    assert evaluated("(" * deep + "A" + ")" * deep, lambda _: 1) == 1
    assert evaluated(" AND ".join(["A"] * deep), lambda _: 1) == 1
    assert evaluated("A OR (" * (deep // 2) + "A" + ")" * (deep // 2), lambda _: 1) == 1
    with pytest.raises(MalformedError):
        evaluated("(" * MAX_TOKENS + "A", lambda _: 0)


@given(st.text(alphabet="AB()+ ORANDWITH", max_size=40))
@settings(deadline=None)
def test_any_text_is_judged_or_refused(text):
    with suppress(MalformedError):
        assert evaluated(text, lambda _: 1) == 1
