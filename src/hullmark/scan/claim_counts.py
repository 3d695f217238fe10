"""How often rules speak of a file, before and after it is changed."""

from collections import Counter
from collections.abc import Mapping
from re import compile as regex

from hullmark.model.config_edits import Place
from hullmark.scan.claiming import Claimed

Claims = Mapping[Place, Claimed]

_numbers = regex(r"\[\d+\]| \(\d+\)$|(?<=\bline )[\d+.]+|(?<=\bcommand )\d+").sub


def counted(claims: Claims) -> Counter[tuple[str, str]]:
    """How often each rule speaks of each place, whatever its indexes: those move."""
    return Counter((each.rule, spot(each.at)) for each in claims)


def by_rule(claims: Claims) -> Counter[str]:
    """How often each rule speaks: a missing key is told of at its owner, an empty one at itself."""
    return Counter(each.rule for each in claims)


def further(first: Counter[tuple[str, str]], claims: Claims) -> Claims:
    """What is told now and was not at first, and nobody accepts."""
    now = counted(claims)
    return {
        place: each
        for place, each in claims.items()
        if now[place.rule, spot(place.at)] > first[place.rule, spot(place.at)]
        and not each.spotted.allowed
    }


def spot(at: str) -> str:
    """A place without the numbers that changes move."""
    return _numbers("", at)
