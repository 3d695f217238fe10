"""Scores of CVSS vectors, as FIRST specifies them.

Specifications: https://www.first.org/cvss/v2/guide,
https://www.first.org/cvss/v3.0/specification-document,
https://www.first.org/cvss/v3.1/specification-document,
https://www.first.org/cvss/v4.0/specification-document
"""

from collections.abc import Callable, Iterable, Mapping
from decimal import ROUND_CEILING, ROUND_HALF_UP, Decimal

from msgspec import Struct

from hullmark.model import cvss4
from hullmark.model.cvss_tables import (
    THREE,
    THREE_BASE,
    THREE_ENVIRONMENTAL,
    THREE_MODIFIED,
    THREE_PRIVILEGES_CHANGED,
    TWO,
    TWO_BASE,
    TWO_ENVIRONMENTAL,
    Weights,
)
from hullmark.model.errors import ParseError
from hullmark.model.finding import Severity

Scores = tuple[Decimal, Decimal]
Names = tuple[str, ...]
Equations = Callable[[Mapping[str, str]], Scores]
Scale = tuple[tuple[Decimal, Severity], ...]
ZERO, ONE, TEN = Decimal(0), Decimal(1), Decimal(10)
TENTH, FIFTH_PLACE = Decimal("0.1"), Decimal("0.00001")

NOT_DEFINED = ("X", "ND")
IMPACTS: tuple[Names, ...] = (("C",), ("I",), ("A",))
REQUIRED_IMPACTS: tuple[Names, ...] = (("C", "CR"), ("I", "IR"), ("A", "AR"))
TEMPORAL = ("E", "RL", "RC")

# Coefficients of the equations of 2.0 (section 3.2).
TWO_IMPACT, TWO_EXPLOITABILITY = Decimal("10.41"), Decimal(20)
TWO_IMPACT_PART, TWO_EXPLOITABILITY_PART = Decimal("0.6"), Decimal("0.4")
TWO_OFFSET, TWO_FACTOR = Decimal("1.5"), Decimal("1.176")

# Coefficients of the equations of 3.0 (section 8) and 3.1 (section 7).
UNCHANGED, CHANGED, CHANGED_FROM = Decimal("6.42"), Decimal("7.52"), Decimal("0.029")
BENT, BENT_FROM, FLATTENED = Decimal("3.25"), Decimal("0.02"), Decimal("0.9731")
MOST_LOST, EXPLOITABILITY = Decimal("0.915"), Decimal("8.22")


class Scored(Struct, frozen=True, kw_only=True):
    """What a vector of ``version`` (``3.1``) is worth, from 0 to 10 in tenths.

    ``overall`` is the base score with the temporal, threat and environmental metrics that the
    vector states; ``severity`` is its place on the qualitative scale of the version, on which 0 is
    ``INFO``. For 2.0, which has no scale, it is the NVD's, which calls 0 ``LOW`` and knows no
    ``CRITICAL``.
    """

    version: str
    base: float
    overall: float
    severity: Severity


class Version(Struct, frozen=True, kw_only=True):
    """Names of metrics, those that a vector must state, the equations and the scale.

    ``pairs`` are name and value of each metric as a vector writes them. ``equations`` answer base
    and overall score; ``scale`` is the least score of each severity, highest first.
    """

    metrics: frozenset[str]
    pairs: Mapping[str, tuple[str, str]]
    mandatory: Names
    equations: Equations
    scale: Scale


def score(vector: str) -> Scored:
    """What a vector is worth; metrics may come in any order.

    Raises ``ParseError`` where a metric is unknown, repeated or missing.
    """
    number, parts = _opened(vector)
    version = VERSIONS[number]
    base, overall = version.equations(_stated(vector, version, parts))
    return Scored(
        version=number,
        base=float(base),
        overall=float(overall),
        severity=next(severity for least, severity in version.scale if overall >= least),
    )


def _opened(vector: str) -> tuple[str, list[str]]:
    """Its version and its metrics; vectors of 2.0 do not say which they are."""
    parts = vector.split("/")
    if not parts[0].startswith("CVSS:"):
        return "2.0", parts
    number = parts[0].removeprefix("CVSS:")
    if number not in VERSIONS or number == "2.0":
        raise ParseError(vector[:100], f"CVSS {number[:20]!r} is unknown")
    return number, parts[1:]


def _stated(vector: str, version: Version, parts: list[str]) -> dict[str, str]:
    """Metrics with their values, without those that are stated to be not defined."""
    try:
        pairs = [version.pairs[part] for part in parts]
    except KeyError as error:
        raise ParseError(vector[:100], _unknown(version, error.args[0])) from error
    stated = dict(pairs)
    if len(stated) < len(pairs):
        names = [name for name, _ in pairs]
        twice = next(name for name in stated if names.count(name) > 1)
        raise ParseError(vector[:100], f"metric {twice!r} is stated twice")
    for name in version.mandatory:
        if name not in stated:
            raise ParseError(vector[:100], f"metric {name!r} is missing")
    return {name: value for name, value in stated.items() if value not in NOT_DEFINED}


def _unknown(version: Version, part: str) -> str:
    name, _, value = part.partition(":")
    if name in version.metrics:
        return f"metric {name!r} has no value {value[:20]!r}"
    return f"metric {name[:20]!r} is unknown"


def _two(stated: Mapping[str, str]) -> Scores:
    """Base and overall score; without environmental metrics the overall one is the temporal."""
    base = _two_joined(stated, TWO_IMPACT * _lost(TWO, stated, IMPACTS))
    fading = _product(TWO, stated, TEMPORAL)
    if stated.keys().isdisjoint(TWO_ENVIRONMENTAL):
        return base, _nearest(base * fading)
    impact = min(TWO_IMPACT * _lost(TWO, stated, REQUIRED_IMPACTS), TEN)
    temporal = _nearest(_two_joined(stated, impact) * fading)
    damage = TWO["CDP"][stated.get("CDP", "ND")]
    spread = TWO["TD"][stated.get("TD", "ND")]
    # Low requirements can bring the equations below 0, where the guide has no scores.
    return base, max(_nearest((temporal + (TEN - temporal) * damage) * spread), ZERO)


def _two_joined(stated: Mapping[str, str], impact: Decimal) -> Decimal:
    if impact == 0:
        return ZERO
    exploitability = TWO_EXPLOITABILITY * _product(TWO, stated, ("AV", "AC", "Au"))
    weighed = TWO_IMPACT_PART * impact + TWO_EXPLOITABILITY_PART * exploitability - TWO_OFFSET
    return _nearest(weighed * TWO_FACTOR)


def _nearest(value: Decimal) -> Decimal:
    return value.quantize(TENTH, ROUND_HALF_UP)


def _three_0(stated: Mapping[str, str]) -> Scores:
    return _three(stated, _up_by_text, _impact)


def _three_1(stated: Mapping[str, str]) -> Scores:
    return _three(stated, _up_by_integers, _impact_in_environment)


def _three(
    stated: Mapping[str, str],
    round_up: Callable[[Decimal], Decimal],
    impact_in_environment: Callable[[str, Decimal], Decimal],
) -> Scores:
    """Base and overall score; without environmental metrics the overall one is the temporal."""
    base = round_up(_three_joined(stated, _impact(stated["S"], _lost(THREE, stated, IMPACTS))))
    fading = _product(THREE, stated, TEMPORAL)
    if stated.keys().isdisjoint(THREE_ENVIRONMENTAL):
        return base, round_up(base * fading)
    effective = {**stated, **{name[1:]: stated[name] for name in THREE_MODIFIED if name in stated}}
    lost = min(_lost(THREE, effective, REQUIRED_IMPACTS), MOST_LOST)
    joined = _three_joined(effective, impact_in_environment(effective["S"], lost))
    return base, round_up(round_up(joined) * fading)


def _impact(scope: str, lost: Decimal) -> Decimal:
    if scope == "U":
        return UNCHANGED * lost
    return CHANGED * (lost - CHANGED_FROM) - BENT * (lost - BENT_FROM) ** 15


def _impact_in_environment(scope: str, lost: Decimal) -> Decimal:
    """Modified Impact as 3.1 rewrote it; 3.0 takes the base score's equation."""
    if scope == "U":
        return UNCHANGED * lost
    return CHANGED * (lost - CHANGED_FROM) - BENT * (lost * FLATTENED - BENT_FROM) ** 13


def _three_joined(stated: Mapping[str, str], impact: Decimal) -> Decimal:
    """Impact and exploitability together, at most 10, not rounded."""
    if impact <= 0:
        return ZERO
    privileges = THREE_PRIVILEGES_CHANGED if stated["S"] == "C" else THREE["PR"]
    exploitability = EXPLOITABILITY * privileges[stated["PR"]]
    exploitability *= _product(THREE, stated, ("AV", "AC", "UI"))
    return min(THREE["S"][stated["S"]] * (impact + exploitability), TEN)


def _up_by_text(value: Decimal) -> Decimal:
    """3.0's Round up: the smallest tenth that is not below; decimals have no noise to forgive."""
    return value.quantize(TENTH, ROUND_CEILING)


def _up_by_integers(value: Decimal) -> Decimal:
    """3.1's Roundup (appendix A): hundred-thousandths first, of which a tenth has 10,000."""
    return value.quantize(FIFTH_PLACE, ROUND_HALF_UP).quantize(TENTH, ROUND_CEILING)


def _lost(
    metrics: Mapping[str, Weights], stated: Mapping[str, str], impacts: tuple[Names, ...]
) -> Decimal:
    """The share of confidentiality, integrity and availability that is lost."""
    left = ONE
    for names in impacts:
        left *= ONE - _product(metrics, stated, names)
    return ONE - left


def _product(
    metrics: Mapping[str, Weights], stated: Mapping[str, str], names: Iterable[str]
) -> Decimal:
    """Weights of those metrics that are stated, multiplied."""
    product = ONE
    for name in names:
        if name in stated:
            product *= metrics[name][stated[name]]
    return product


def _version(
    metrics: Mapping[str, Iterable[str]], mandatory: Names, equations: Equations, scale: Scale
) -> Version:
    return Version(
        metrics=frozenset(metrics),
        pairs={f"{name}:{each}": (name, each) for name, of in metrics.items() for each in of},
        mandatory=mandatory,
        equations=equations,
        scale=scale,
    )


RATED: Scale = (
    (Decimal("9.0"), Severity.CRITICAL),
    (Decimal("7.0"), Severity.HIGH),
    (Decimal("4.0"), Severity.MEDIUM),
    (Decimal("0.1"), Severity.LOW),
    (ZERO, Severity.INFO),
)
RATED_BY_NVD: Scale = (
    (Decimal("7.0"), Severity.HIGH),
    (Decimal("4.0"), Severity.MEDIUM),
    (ZERO, Severity.LOW),
)
VERSIONS = {
    "2.0": _version(TWO, TWO_BASE, _two, RATED_BY_NVD),
    "3.0": _version(THREE, THREE_BASE, _three_0, RATED),
    "3.1": _version(THREE, THREE_BASE, _three_1, RATED),
    "4.0": _version(cvss4.METRICS, cvss4.MANDATORY, cvss4.four, RATED),
}
