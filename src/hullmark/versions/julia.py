"""Versions of Julia's packages.

Specification: https://docs.julialang.org/en/v1/manual/strings/#man-version-number-literals
"""

from re import compile as regex

from hullmark.model import ParseError
from hullmark.unit import scheme

Identifiers = tuple[int | str, ...]

_VERSION = regex(
    r"[vV]?([0-9]+)(?:\.([0-9]+))?(?:\.([0-9]+))?"
    r"(-(?:[0-9A-Za-z-]+(?:\.[0-9A-Za-z-]+)*)?|[A-Za-z][0-9A-Za-z-]*(?:\.[0-9A-Za-z-]+)*)?"
    r"(\+(?:[0-9A-Za-z-]+(?:\.[0-9A-Za-z-]+)*)?)?"
).fullmatch
_BARE, _SOME, _RELEASE = (0,), 1, (2,)
_NO_BUILD, _LAST_BUILD = (0,), (2,)
_NUMBER, _TEXT = 1, 2


@scheme(
    id="julia",
    ordered=(
        *("1.0.0-", "1.0.0-1", "1.0.0-2", "1.0.0-10", "1.0.0-alpha", "1.0.0-alpha.1", "1.0.0-rc1"),
        *("1.0.0", "1.0.0+1", "1.0.0+1.a", "1.0.0+b", "1.0.0+", "1.0.1-DEV", "1.1", "1.10", "2"),
    ),
    equal=(("1", "v1.0.0"), ("1.0rc1", "1.0.0-rc1"), ("1.01", "1.1")),
    invalid=("", "1.", ".1", "1.2.3.4", "1.0-a..b", "1.0+a+b", "1_0", "1 "),
)
def julia(version: str) -> tuple[int | Identifiers, ...]:
    """Three numbers, then pre-release and build; numbers sort before text, and builds count.

    A bare dash is before all pre-releases, a bare plus behind all builds.
    """
    match = _VERSION(version)
    if match is None:
        raise ParseError(version[:100], "no version of julia")
    major, minor, patch, before, build = match.groups()
    return (
        int(major),
        int(minor or 0),
        int(patch or 0),
        _RELEASE if before is None else _identifiers(before.removeprefix("-")) or _BARE,
        _NO_BUILD if build is None else _identifiers(build[1:]) or _LAST_BUILD,
    )


def _identifiers(text: str) -> Identifiers:
    """Each identifier behind its kind; nothing for empty text."""
    key: list[int | str] = [_SOME] if text else []
    for identifier in text.split(".") if text else ():
        key += (_NUMBER, int(identifier)) if identifier.isdigit() else (_TEXT, identifier)
    return tuple(key)
