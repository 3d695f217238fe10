"""Scores of CVSS vectors: examples of the specifications, and what they promise of all vectors.

The examples are those of FIRST's documents of examples, by their CVE.
"""

import itertools
from decimal import Decimal
from zlib import crc32

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hullmark.model import ParseError, Severity, cvss, cvss4
from hullmark.model.cvss import VERSIONS, score

THREE_ORDER = {  # of each metric, the gravest value first
    "AV": "NALP",
    "AC": "LH",
    "PR": "NLH",
    "UI": "NR",
    "S": "CU",
    "C": "HLN",
    "I": "HLN",
    "A": "HLN",
}
TWO_ORDER = {
    "AV": "NAL",
    "AC": "LMH",
    "Au": "NSM",
    "C": "CPN",
    "I": "CPN",
    "A": "CPN",
}
THREE_FADING = {"E": "XFPU", "RL": "XWTO", "RC": "XRU"}
BANDS = {
    Severity.INFO: (0.0, 0.0),
    Severity.LOW: (0.1, 3.9),
    Severity.MEDIUM: (4.0, 6.9),
    Severity.HIGH: (7.0, 8.9),
    Severity.CRITICAL: (9.0, 10.0),
}
BANDS_OF_NVD = {
    Severity.LOW: (0.0, 3.9),
    Severity.MEDIUM: (4.0, 6.9),
    Severity.HIGH: (7.0, 10.0),
}


def prefixed(number):
    return [] if number == "2.0" else [f"CVSS:{number}"]


def written(prefix, metrics):
    return "/".join([*prefix, *(f"{name}:{value}" for name, value in metrics.items())])


def taken_apart(vector):
    parts = vector.split("/")
    prefix = [each for each in parts if each.startswith("CVSS:")]
    return prefix, parts[len(prefix) :]


def every(orders):
    for values in itertools.product(*orders.values()):
        yield dict(zip(orders, values, strict=True))


def milder(orders, metrics):
    """The same metrics with one of them a step less grave, for each that can be."""
    for name, order in orders.items():
        following = order.index(metrics[name]) + 1
        if following < len(order):
            yield metrics | {name: order[following]}


def vectors(number):
    """Vectors of a version: what is mandatory, any of the rest, in any order."""
    version = VERSIONS[number]
    of = {name: [] for name in version.metrics}
    for name, value in version.pairs.values():
        of[name].append(value)
    values = {name: st.sampled_from(of[name]) for name in sorted(of)}
    mandatory = {name: values.pop(name) for name in version.mandatory}
    metrics = st.fixed_dictionaries(mandatory, optional=values)
    shuffled = metrics.flatmap(lambda each: st.permutations(list(each.items())))
    return shuffled.map(lambda pairs: written(prefixed(number), dict(pairs)))


ANY_VECTOR = st.one_of(*map(vectors, VERSIONS))


@pytest.mark.parametrize(
    ("metrics", "temporal", "environmental", "scores"),
    [  # section 3.3 of the guide: CVE-2002-0392, CVE-2003-0818, CVE-2003-0062
        (
            "AV:N/AC:L/Au:N/C:N/I:N/A:C",
            "E:F/RL:OF/RC:C",
            "CDP:H/TD:H/CR:M/IR:M/AR:H",
            (7.8, 6.4, 9.2),
        ),
        (
            "AV:N/AC:L/Au:N/C:N/I:N/A:C",
            "E:F/RL:OF/RC:C",
            "CDP:N/TD:N/CR:M/IR:M/AR:H",
            (7.8, 6.4, 0.0),
        ),
        (
            "AV:N/AC:L/Au:N/C:C/I:C/A:C",
            "E:F/RL:OF/RC:C",
            "CDP:H/TD:H/CR:M/IR:M/AR:L",
            (10.0, 8.3, 9.0),
        ),
        (
            "AV:L/AC:H/Au:N/C:C/I:C/A:C",
            "E:POC/RL:OF/RC:C",
            "CDP:H/TD:H/CR:M/IR:M/AR:M",
            (6.2, 4.9, 7.5),
        ),
    ],
)
def test_examples_of_2_have_the_scores_that_the_guide_says(
    metrics, temporal, environmental, scores
):
    base = score(metrics)
    assert (base.version, base.base, base.overall) == ("2.0", scores[0], scores[0])
    assert score(f"{metrics}/{temporal}").overall == scores[1]
    every_one = score(f"{metrics}/{temporal}/{environmental}")
    assert (every_one.base, every_one.overall) == (scores[0], scores[2])


@pytest.mark.parametrize(
    ("metrics", "base"),
    [  # by hand from the equations
        ("AV:N/AC:L/Au:S/C:C/I:C/A:N", 8.5),  # (0.6 x 9.207 + 0.4 x 7.952 - 1.5) x 1.176 = 8.473
        ("AV:N/AC:L/Au:N/C:P/I:P/A:P", 7.5),  # (0.6 x 6.443 + 0.4 x 9.997 - 1.5) x 1.176 = 7.485
        ("AV:A/AC:M/Au:M/C:P/I:N/A:N", 1.9),  # (0.6 x 2.863 + 0.4 x 3.547 - 1.5) x 1.176 = 1.924
    ],
)
def test_base_scores_of_2_follow_the_equations(metrics, base):
    assert score(metrics).base == base


@pytest.mark.parametrize(
    ("stated", "overall"),
    [
        *[("E:U", 8.5), ("E:POC", 9.0), ("E:F", 9.5), ("E:H", 10.0), ("E:ND", 10.0)],
        *[("RL:OF", 8.7), ("RL:TF", 9.0), ("RL:W", 9.5), ("RL:U", 10.0), ("RL:ND", 10.0)],
        *[("RC:UC", 9.0), ("RC:UR", 9.5), ("RC:C", 10.0), ("RC:ND", 10.0)],
        *[("TD:N", 0.0), ("TD:L", 2.5), ("TD:M", 7.5), ("TD:H", 10.0), ("TD:ND", 10.0)],
    ],
)
def test_temporal_metrics_and_distribution_of_2_are_factors(stated, overall):
    assert score(f"AV:N/AC:L/Au:N/C:C/I:C/A:C/{stated}").overall == overall


@pytest.mark.parametrize(
    ("stated", "overall"),
    [("CDP:N", 0.0), ("CDP:L", 1.0), ("CDP:LM", 3.0), ("CDP:MH", 4.0), ("CDP:H", 5.0)],
)
def test_collateral_damage_of_2_is_a_share_of_what_is_left_to_10(stated, overall):
    assert score(f"AV:N/AC:L/Au:N/C:N/I:N/A:N/{stated}").overall == overall


def test_impact_of_2_is_bounded_in_the_environment_alone():
    assert score("AV:L/AC:L/Au:N/C:C/I:C/A:C").base == 7.2  # 7.1 were impact at most 10
    assert score("AV:L/AC:L/Au:N/C:C/I:C/A:C/TD:H").overall == 7.1


def test_low_requirements_of_2_bring_the_score_to_0_and_not_below():
    assert score("AV:L/AC:H/Au:M/C:P/I:N/A:N/CR:L").overall == 0


@pytest.mark.parametrize("number", ["3.0", "3.1"])
@pytest.mark.parametrize(
    ("metrics", "base"),
    [
        ("AV:N/AC:L/PR:N/UI:R/S:C/C:L/I:L/A:N", 6.1),  # CVE-2013-1937
        ("AV:N/AC:L/PR:L/UI:N/S:C/C:L/I:L/A:N", 6.4),  # CVE-2013-0375
        ("AV:N/AC:H/PR:N/UI:R/S:U/C:L/I:N/A:N", 3.1),  # CVE-2014-3566
        ("AV:N/AC:L/PR:L/UI:N/S:C/C:H/I:H/A:H", 9.9),  # CVE-2012-1516
        ("AV:L/AC:L/PR:H/UI:N/S:U/C:L/I:L/A:L", 4.2),  # CVE-2009-0783
        ("AV:N/AC:L/PR:L/UI:N/S:U/C:H/I:H/A:H", 8.8),  # CVE-2012-0384
        ("AV:L/AC:L/PR:N/UI:R/S:U/C:H/I:H/A:H", 7.8),  # CVE-2015-1098
        ("AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:N/A:N", 7.5),  # CVE-2014-0160
        ("AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:H/A:H", 9.8),  # CVE-2014-6271
        ("AV:N/AC:H/PR:N/UI:N/S:C/C:N/I:H/A:N", 6.8),  # CVE-2008-1447
        ("AV:P/AC:L/PR:N/UI:N/S:U/C:H/I:H/A:H", 6.8),  # CVE-2014-2005
        ("AV:A/AC:L/PR:N/UI:N/S:C/C:H/I:N/A:H", 9.3),  # CVE-2013-6014
        ("AV:N/AC:H/PR:N/UI:N/S:U/C:H/I:H/A:N", 7.4),  # CVE-2014-0224
        ("AV:P/AC:L/PR:N/UI:N/S:U/C:N/I:H/A:N", 4.6),  # CVE-2014-2019
        ("AV:N/AC:L/PR:N/UI:N/S:C/C:H/I:H/A:H", 10.0),
        ("AV:N/AC:L/PR:N/UI:N/S:C/C:N/I:N/A:N", 0.0),
    ],
)
def test_examples_of_3_have_the_base_score_that_their_document_says(number, metrics, base):
    scored = score(f"CVSS:{number}/{metrics}")
    assert (scored.version, scored.base, scored.overall) == (number, base, base)


@pytest.mark.parametrize(
    ("stated", "overall"),
    [
        ("E:X/RL:X/RC:X/CR:X/MAV:X", 9.8),
        ("E:H/RL:U/RC:C", 9.8),
        ("E:U/RL:O/RC:U", 7.8),  # 9.8 x 0.91 x 0.95 x 0.92 = 7.794
        ("E:P/RL:O/RC:C", 8.8),  # 9.8 x 0.94 x 0.95 = 8.7514
        ("MAV:P", 6.8),
        ("MC:N/MI:N/MA:N", 0.0),
        ("CR:L/IR:L/AR:L", 8.0),  # 6.42 x (1 - 0.72^3) + 3.887 = 7.911
        ("MPR:H/MS:C/MAC:H/MUI:R", 7.7),  # 1.08 x (6.128 + 0.953) = 7.648
    ],
)
def test_temporal_and_environmental_metrics_of_3_change_the_overall_score_alone(stated, overall):
    scored = score(f"CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:H/A:H/{stated}")
    assert (scored.base, scored.overall) == (9.8, overall)


@pytest.mark.parametrize("number", ["3.0", "3.1"])
@pytest.mark.parametrize(
    ("stated", "overall"),
    [
        *[("E:X", 10.0), ("E:H", 10.0), ("E:F", 9.7), ("E:P", 9.4), ("E:U", 9.1)],
        *[("RL:X", 10.0), ("RL:U", 10.0), ("RL:W", 9.7), ("RL:T", 9.6), ("RL:O", 9.5)],
        *[("RC:X", 10.0), ("RC:C", 10.0), ("RC:R", 9.6), ("RC:U", 9.2)],
    ],
)
def test_temporal_metrics_of_3_are_factors(number, stated, overall):
    vector = f"CVSS:{number}/AV:N/AC:L/PR:N/UI:N/S:C/C:H/I:H/A:H/{stated}"
    assert score(vector).overall == overall


@pytest.mark.parametrize("number", ["3.0", "3.1"])
def test_requirements_of_3_weigh_impact_up_to_its_bound(number):
    least = f"CVSS:{number}/AV:P/AC:H/PR:H/UI:R/S:U"  # exploitability 0.121
    assert score(f"{least}/C:H/I:H/A:H/CR:H/IR:H/AR:H").overall == 6.0  # 6.42 x 0.915 = 5.874
    assert score(f"{least}/C:H/I:N/A:N/CR:H").overall == 5.6  # 6.42 x 0.84 = 5.393
    assert score(f"{least}/C:H/I:N/A:N/CR:M").overall == 3.8  # 6.42 x 0.56 = 3.595
    assert score(f"{least}/C:H/I:N/A:N/CR:L").overall == 2.0  # 6.42 x 0.28 = 1.798


def test_3_0_and_3_1_differ_in_the_environment_where_the_scope_changes():
    metrics = "AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:H/A:H/MPR:H/MS:C/MAC:H/MUI:R"
    assert score(f"CVSS:3.0/{metrics}").overall == 7.6  # 1.08 x (6.048 + 0.953) = 7.561
    assert score(f"CVSS:3.1/{metrics}").overall == 7.7


def test_3_0_rounds_up_to_the_tenth_and_3_1_only_from_the_fifth_place_on():
    up_by_text, up_by_integers = cvss._up_by_text, cvss._up_by_integers
    assert [str(up_by_text(Decimal(each))) for each in ("4.00", "4.02", "4.000002")] == [
        "4.0",
        "4.1",
        "4.1",
    ]
    assert [str(up_by_integers(Decimal(each))) for each in ("4.00", "4.02", "4.000002")] == [
        "4.0",
        "4.1",
        "4.0",
    ]


@pytest.mark.parametrize(
    ("number", "orders", "count"),
    [("2.0", TWO_ORDER, 729), ("3.0", THREE_ORDER, 2592), ("3.1", THREE_ORDER, 2592)],
)
def test_a_less_grave_base_metric_never_raises_the_score(number, orders, count):
    bases = {
        tuple(metrics.values()): score(written(prefixed(number), metrics)).base
        for metrics in every(orders)
    }
    assert len(bases) == count
    for values, base in bases.items():
        for other in milder(orders, dict(zip(orders, values, strict=True))):
            assert bases[tuple(other.values())] <= base


@given(
    st.sampled_from(["3.0", "3.1"]),
    st.fixed_dictionaries(
        {name: st.sampled_from(of) for name, of in (THREE_ORDER | THREE_FADING).items()}
    ),
)
def test_a_temporal_metric_of_3_never_raises_the_score(number, metrics):
    prefix = prefixed(number)
    scored = score(written(prefix, metrics))
    assert scored.overall <= scored.base
    for other in milder(THREE_FADING, metrics):
        assert score(written(prefix, other)).overall <= scored.overall


@pytest.mark.parametrize(
    ("metrics", "overall"),
    [
        ("AV:L/AC:L/AT:P/PR:L/UI:N/VC:H/VI:H/VA:H/SC:N/SI:N/SA:N", 7.3),  # CVE-2022-41741
        ("AV:N/AC:L/AT:P/PR:N/UI:P/VC:H/VI:H/VA:H/SC:N/SI:N/SA:N", 7.7),  # CVE-2020-3549
        ("AV:N/AC:L/AT:P/PR:N/UI:P/VC:H/VI:H/VA:H/SC:N/SI:N/SA:N/E:U", 5.2),
        ("AV:N/AC:L/AT:P/PR:N/UI:N/VC:H/VI:L/VA:L/SC:N/SI:N/SA:N", 8.3),  # CVE-2023-3089
        ("AV:L/AC:L/AT:N/PR:N/UI:A/VC:L/VI:N/VA:N/SC:N/SI:N/SA:N", 4.6),  # CVE-2021-44714
        ("AV:N/AC:L/AT:N/PR:N/UI:A/VC:N/VI:N/VA:N/SC:L/SI:L/SA:N", 5.1),  # CVE-2022-21830
        ("AV:N/AC:L/AT:N/PR:N/UI:N/VC:L/VI:L/VA:N/SC:N/SI:N/SA:N", 6.9),  # CVE-2022-22186
        ("AV:L/AC:L/AT:N/PR:H/UI:N/VC:N/VI:N/VA:N/SC:H/SI:N/SA:N", 5.9),  # CVE-2023-21989
        ("AV:L/AC:L/AT:N/PR:N/UI:N/VC:H/VI:H/VA:H/SC:H/SI:H/SA:H", 9.4),  # CVE-2020-3947
        ("AV:N/AC:L/AT:N/PR:N/UI:N/VC:H/VI:N/VA:N/SC:N/SI:N/SA:N", 8.7),  # CVE-2014-0160
        ("AV:N/AC:L/AT:N/PR:N/UI:N/VC:H/VI:H/VA:H/SC:H/SI:H/SA:H", 10.0),  # CVE-2021-44228
        ("AV:A/AC:L/AT:N/PR:N/UI:N/VC:N/VI:N/VA:N/SC:H/SI:N/SA:H", 6.4),  # CVE-2013-6014
        ("AV:L/AC:L/AT:N/PR:H/UI:N/VC:H/VI:H/VA:H/SC:H/SI:H/SA:H", 9.3),  # CVE-2016-5729
        ("AV:P/AC:L/AT:N/PR:N/UI:N/VC:H/VI:H/VA:H/SC:H/SI:H/SA:H", 8.6),  # CVE-2018-3652
        ("AV:N/AC:L/AT:N/PR:N/UI:N/VC:N/VI:N/VA:N/SC:N/SI:N/SA:N", 0.0),
    ],
)
def test_examples_of_4_have_the_score_that_their_document_says(metrics, overall):
    assert score(f"CVSS:4.0/{metrics}").overall == overall


def test_of_two_lower_classes_the_graver_one_counts():
    # 000100 is worth 10.0; below it are 000101 (9.6; 001100 has 9.3) and 000200 (9.3), as well as
    # three without distance: (4 x 2/7 + 7 x 4/5) / 5 = 1.35 tenths less.
    metrics = "AV:N/AC:L/AT:N/PR:N/UI:N/VC:H/VI:H/VA:N/SC:H/SI:N/SA:N"
    assert score(f"CVSS:4.0/{metrics}").overall == 9.9


GRAVEST_OF_4 = "CVSS:4.0/AV:N/AC:L/AT:N/PR:N/UI:N/VC:H/VI:H/VA:H/SC:H/SI:H/SA:H"


@pytest.mark.parametrize(
    ("stated", "overall"),
    [
        ("E:X/CR:X/MAV:X", 10.0),
        ("E:A", 10.0),
        ("E:P", 9.3),  # macro vector 000110
        ("E:U", 9.1),  # 000120
        ("MSI:S", 10.0),  # 000000
        ("MAV:P/MPR:H/MUI:A/MAC:H/MAT:P/MVC:N/MVI:N/MVA:N/MSC:N/MSI:N/MSA:L/E:U", 0.1),
        ("MVC:N/MVI:N/MVA:N/MSC:N/MSI:N/MSA:N", 0.0),
        ("S:P/AU:Y/R:I/V:C/RE:H/U:Red", 10.0),
    ],
)
def test_threat_and_environmental_metrics_of_4_change_the_overall_score_alone(stated, overall):
    scored = score(f"{GRAVEST_OF_4}/{stated}")
    assert (scored.base, scored.overall) == (10.0, overall)


@pytest.mark.parametrize(
    ("names", "places", "told"),
    [
        (("AV", "PR", "UI"), (0,), {(eq,): of for eq, of in cvss4.EQ1.items()}),
        (("AC", "AT"), (1,), {(eq,): of for eq, of in cvss4.EQ2.items()}),
        (("VC", "VI", "VA", "CR", "IR", "AR"), (2, 5), cvss4.EQ3_EQ6),
        (("SC", "SI", "SA"), (3,), {(eq,): of for eq, of in cvss4.EQ4.items()}),
    ],
)
def test_highest_vectors_of_a_class_are_equally_grave_and_its_depth_is_its_span(
    names, places, told
):
    rest = {name: values[0] for name, values in cvss4.BASE.items()} | cvss4.GRAVEST
    classes = {}
    steps = {name: cvss4.STEPS[name] for name in names} | (
        {"SC": {"H": 1, "L": 2, "N": 3}} if "SC" in names else {}
    )
    for metrics in every(steps):
        macro = cvss4.macro_vector(rest | metrics)
        row = tuple(steps[name][metrics[name]] for name in names)
        classes.setdefault(tuple(macro[place] for place in places), []).append(row)
    assert classes.keys() == told.keys()
    for name, rows in classes.items():
        least, most = min(map(sum, rows)), max(map(sum, rows))
        assert told[name] == (least, most - least + 1)
        highest = [row for row in rows if sum(row) == least]
        for row in rows:  # each is no graver in anything than one of the highest
            assert any(all(map(int.__le__, high, row)) for high in highest)


def test_scores_of_macro_vectors_are_those_that_were_compared_with_two_copies_of_the_table():
    assert list(cvss4.SCORES) == sorted(cvss4.SCORES)
    assert crc32(bytes(cvss4.SCORES.values())) == 55296628


def test_a_graver_class_never_has_a_lower_score():
    assert len(cvss4.SCORES) == 270
    for macro, tenths in cvss4.SCORES.items():
        for place in range(6):
            lower = (*macro[:place], macro[place] + 1, *macro[place + 1 :])
            assert cvss4.SCORES.get(lower, 0) <= tenths


FOUR_ORDER = cvss4.BASE | {"E": "APU"} | cvss4.REQUIREMENTS


@given(st.fixed_dictionaries({name: st.sampled_from(of) for name, of in FOUR_ORDER.items()}))
def test_a_less_grave_metric_of_4_never_raises_the_score(metrics):
    overall = score(written(prefixed("4.0"), metrics)).overall
    for other in milder(FOUR_ORDER, metrics):
        assert score(written(prefixed("4.0"), other)).overall <= overall


@given(ANY_VECTOR)
def test_scores_are_tenths_from_0_to_10_within_the_band_of_their_severity(vector):
    scored = score(vector)
    least, most = (BANDS_OF_NVD if scored.version == "2.0" else BANDS)[scored.severity]
    assert least <= scored.overall <= most
    for each in (scored.base, scored.overall):
        assert 0 <= each <= 10
        assert each == round(each, 1)


@given(ANY_VECTOR, st.randoms())
def test_the_order_of_metrics_does_not_matter(vector, random):
    prefix, parts = taken_apart(vector)
    random.shuffle(parts)
    assert score("/".join([*prefix, *parts])) == score(vector)


@given(ANY_VECTOR, st.data())
def test_what_is_missing_repeated_or_unknown_is_refused_by_its_name(vector, data):
    prefix, parts = taken_apart(vector)
    some = data.draw(st.sampled_from(parts))
    name = some.partition(":")[0]
    mandatory = VERSIONS[score(vector).version].mandatory
    faults = {
        "stated twice": [*parts, some],
        "has no value": [each if each != some else f"{name}:?" for each in parts],
    }
    if name in mandatory:
        faults["is missing"] = [each for each in parts if each != some]
    for why, wrong in faults.items():
        with pytest.raises(ParseError, match=why) as caught:
            score("/".join([*prefix, *wrong]))
        assert repr(name) in caught.value.why


@pytest.mark.parametrize(
    ("vector", "why"),
    [
        ("", "metric '' is unknown"),
        ("AV:N/AC:L/Au:N/C:N/I:N", "metric 'A' is missing"),
        ("AV:N/AC:L/Au:N/C:N/I:N/A:C/AV:L", "metric 'AV' is stated twice"),
        ("AV:N/AC:L/Au:N/C:N/I:N/A:C/E:POCK", "metric 'E' has no value 'POCK'"),
        ("CVSS:2.0/AV:N/AC:L/Au:N/C:N/I:N/A:C", "CVSS '2.0' is unknown"),
        ("CVSS:3.1", "metric 'AV' is missing"),
        ("CVSS:1.0/AV:N", "CVSS '1.0' is unknown"),
        ("cvss:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:H/A:H", "metric 'cvss' is unknown"),
        ("CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:H/A:H/", "metric '' is unknown"),
        ("CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:H/A:H/Au:N", "metric 'Au' is unknown"),
        ("CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:H/A:X", "metric 'A' has no value 'X'"),
        ("CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:H/A", "metric 'A' has no value ''"),
        ("CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:H/A:h", "metric 'A' has no value 'h'"),
        ("CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:H/a:H", "metric 'a' is unknown"),
    ],
)
def test_a_malformed_vector_is_refused(vector, why):
    with pytest.raises(ParseError, match=why):
        score(vector)


@given(st.text(max_size=80) | st.text("CVSS:/.AVNLHXPRUI0123456789", max_size=80))
def test_any_other_text_is_refused_as_no_vector(text):
    with pytest.raises(ParseError):
        score(text)
