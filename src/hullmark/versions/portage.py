"""Versions of Gentoo's packages.

Specification: https://projects.gentoo.org/pms/8/pms.html, sections 3.2 and 3.3
"""

from re import compile as regex

from hullmark.model import ParseError
from hullmark.unit import scheme

_ZERO_FIRST = -1
_LAST_NUMBER = -2
_SUFFIXES = {"alpha": 0, "beta": 1, "pre": 2, "rc": 3, "p": 5}
_LAST_SUFFIX = 4

Key = tuple[int | str, ...]

_VERSION = regex(
    r"([0-9]+(?:\.[0-9]+)*)([a-z]?)((?:_(?:alpha|beta|pre|rc|p)[0-9]*)*)(?:-r([0-9]+))?"
).fullmatch
_SUFFIX = regex(r"_([a-z]+)([0-9]*)").findall


@scheme(
    id="portage",
    ordered=(
        *("1_alpha", "1_alpha1", "1_beta", "1_pre", "1_rc", "1", "1-r1", "1_p1_rc", "1_p1"),
        *("1_p1-r1", "1_p2", "1a", "1.0", "1.0.1", "1.01", "1.02", "1.1", "1.9", "1.10", "10"),
    ),
    equal=(("1", "1-r0"), ("1_p", "1_p0"), ("01", "1"), ("1.0", "1.00"), ("1.01", "1.010")),
    invalid=("", "1.", ".1", "1.0_foo", "1.0-1", "1.0-r", "1ab", "1.0 ", "cvs.1", "1-r1_p1"),
)
def portage(version: str) -> Key:
    """Numbers, a letter, suffixes and a revision, as the Package Manager Specification orders.

    Numbers but the first compare as text without trailing zeros where one has a leading zero.
    """
    match = _VERSION(version)
    if match is None:
        raise ParseError(version[:100], "no version of portage")
    numbers, letter, suffixes, revision = match.groups()
    first, *others = numbers.split(".")
    key: list[int | str] = [int(first)]
    for digits in others:
        if digits[0] == "0":
            key += (_ZERO_FIRST, digits.rstrip("0"))
        else:
            key.append(int(digits))
    key += (_LAST_NUMBER, letter)
    if suffixes:
        for word, digits in _SUFFIX(suffixes):
            key += (_SUFFIXES[word], int(digits or 0))
    key += (_LAST_SUFFIX, int(revision or 0))
    return tuple(key)
