"""Scores of CVSS vectors, as FIRST specifies them.

Specifications: https://www.first.org/cvss/v3.0/specification-document,
https://www.first.org/cvss/v3.1/specification-document
"""

from collections.abc import Callable, Container, Mapping
from decimal import ROUND_CEILING, ROUND_HALF_UP, Decimal

from msgspec import Struct

from hullmark.model.cvss_tables import (
    THREE,
    THREE_BASE,
    THREE_ENVIRONMENTAL,
    THREE_PRIVILEGES_CHANGED,
    THREE_REQUIREMENTS,
    THREE_TEMPORAL,
)
from hullmark.model.errors import ParseError
from hullmark.model.finding import Severity

Scores = tuple[Decimal, Decimal]
ZERO, ONE, TEN = Decimal(0), Decimal(1), Decimal(10)
TENTH, FIFTH_PLACE = Decimal("0.1"), Decimal("0.00001")

# Coefficients of the equations of 3.0 (section 8) and 3.1 (section 7).
UNCHANGED, CHANGED, CHANGED_FROM = Decimal("6.42"), Decimal("7.52"), Decimal("0.029")
BENT, BENT_FROM, FLATTENED = Decimal("3.25"), Decimal("0.02"), Decimal("0.9731")
MOST_LOST, EXPLOITABILITY = Decimal("0.915"), Decimal("8.22")


class Scored(Struct, frozen=True, kw_only=True):
    """What a vector of ``version`` (``3.1``) is worth, from 0 to 10 in tenths.

    ``overall`` is the base score with the temporal and environmental metrics that the vector
    states; ``severity`` is its place on the qualitative scale of the version, on which 0 is
    ``INFO``.
    """

    version: str
    base: float
    overall: float
    severity: Severity


class Version(Struct, frozen=True, kw_only=True):
    """Metrics and their values, those that a vector must state, the equations and the scale.

    ``equations`` answer base and overall score; ``scale`` is the least score of each severity,
    highest first.
    """

    metrics: Mapping[str, Container[str]]
    mandatory: tuple[str, ...]
    equations: Callable[[Mapping[str, str]], Scores]
    scale: tuple[tuple[Decimal, Severity], ...]


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
    parts = vector.split("/")
    prefix, _, number = parts[0].partition(":")
    if prefix != "CVSS" or number not in VERSIONS:
        raise ParseError(vector[:100], "begins with no version of CVSS that is known")
    return number, parts[1:]


def _stated(vector: str, version: Version, parts: list[str]) -> dict[str, str]:
    stated: dict[str, str] = {}
    for part in parts:
        name, _, value = part.partition(":")
        values = version.metrics.get(name)
        if values is None:
            raise ParseError(vector[:100], f"metric {name[:20]!r} is unknown")
        if value not in values:
            raise ParseError(vector[:100], f"metric {name!r} has no value {value[:20]!r}")
        if name in stated:
            raise ParseError(vector[:100], f"metric {name!r} is stated twice")
        stated[name] = value
    for name in version.mandatory:
        if name not in stated:
            raise ParseError(vector[:100], f"metric {name!r} is missing")
    return stated


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
    base = round_up(_joined(stated, _impact(stated["S"], _lost(stated))))
    fading = ONE
    for name in THREE_TEMPORAL:
        fading *= THREE[name][stated.get(name, "X")]
    environment = {name: stated[name] for name in THREE_ENVIRONMENTAL if name in stated}
    if all(value == "X" for value in environment.values()):
        return base, round_up(base * fading)
    effective = {**stated}
    for name, value in environment.items():
        if name[0] == "M" and value != "X":
            effective[name[1:]] = value
    lost = min(_lost(effective, THREE_REQUIREMENTS), MOST_LOST)
    joined = _joined(effective, impact_in_environment(effective["S"], lost))
    return base, round_up(round_up(joined) * fading)


def _lost(stated: Mapping[str, str], requirements: tuple[str, ...] = ()) -> Decimal:
    """The share of confidentiality, integrity and availability that is lost, by requirements."""
    left = ONE
    for index, name in enumerate("CIA"):
        weight = THREE[name][stated[name]]
        if requirements:
            weight *= THREE[requirements[index]][stated.get(requirements[index], "X")]
        left *= ONE - weight
    return ONE - left


def _impact(scope: str, lost: Decimal) -> Decimal:
    if scope == "U":
        return UNCHANGED * lost
    return CHANGED * (lost - CHANGED_FROM) - BENT * (lost - BENT_FROM) ** 15


def _impact_in_environment(scope: str, lost: Decimal) -> Decimal:
    """Modified Impact as 3.1 rewrote it; 3.0 takes the base score's equation."""
    if scope == "U":
        return UNCHANGED * lost
    return CHANGED * (lost - CHANGED_FROM) - BENT * (lost * FLATTENED - BENT_FROM) ** 13


def _joined(stated: Mapping[str, str], impact: Decimal) -> Decimal:
    """Impact and exploitability together, at most 10, not rounded."""
    if impact <= 0:
        return ZERO
    privileges = THREE_PRIVILEGES_CHANGED if stated["S"] == "C" else THREE["PR"]
    exploitability = EXPLOITABILITY * privileges[stated["PR"]]
    for name in ("AV", "AC", "UI"):
        exploitability *= THREE[name][stated[name]]
    return min(THREE["S"][stated["S"]] * (impact + exploitability), TEN)


def _up_by_text(value: Decimal) -> Decimal:
    """3.0's Round up: the smallest tenth that is not below; decimals have no noise to forgive."""
    return value.quantize(TENTH, ROUND_CEILING)


def _up_by_integers(value: Decimal) -> Decimal:
    """3.1's Roundup (appendix A): hundred-thousandths first, of which a tenth has 10,000."""
    return value.quantize(FIFTH_PLACE, ROUND_HALF_UP).quantize(TENTH, ROUND_CEILING)


RATED = (
    (Decimal("9.0"), Severity.CRITICAL),
    (Decimal("7.0"), Severity.HIGH),
    (Decimal("4.0"), Severity.MEDIUM),
    (Decimal("0.1"), Severity.LOW),
    (ZERO, Severity.INFO),
)
VERSIONS = {
    "3.0": Version(metrics=THREE, mandatory=THREE_BASE, equations=_three_0, scale=RATED),
    "3.1": Version(metrics=THREE, mandatory=THREE_BASE, equations=_three_1, scale=RATED),
}
