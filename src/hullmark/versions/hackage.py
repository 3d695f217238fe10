"""Versions of Haskell's packages.

Specification: https://pvp.haskell.org/ and Cabal's ``Distribution.Types.Version``
"""

from re import compile as regex

from hullmark.model import ParseError
from hullmark.unit import scheme

_NUMBER = r"(?:0|[1-9][0-9]{0,8})"
_VERSION = regex(rf"({_NUMBER}(?:\.{_NUMBER})*)(?:-[0-9A-Za-z]+)*").fullmatch
"""Cabal refuses leading zeros and more than nine digits."""


@scheme(
    id="hackage",
    ordered=("0", "0.9", "1", "1.0", "1.0.0", "1.0.9", "1.0.10", "1.1", "10"),
    equal=(("1.0-beta", "1.0"),),
    invalid=("", "1.", ".1", "1..2", "1.01", "1.a", "v1", "1.1234567890", "1 ", "1-"),
)
def hackage(version: str) -> tuple[int, ...]:
    """Lists of numbers; tags behind a dash, long out of use, do not count, as in Cabal."""
    match = _VERSION(version)
    if match is None:
        raise ParseError(version[:100], "no version of hackage")
    return tuple(map(int, match[1].split(".")))
