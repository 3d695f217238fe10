"""Versions of apk, the package manager of Alpine Linux and its kin.

Specification: apk-package(5), and ``version.c`` of https://gitlab.alpinelinux.org/alpine/apk-tools
"""

from re import compile as regex

from hullmark.model import ParseError
from hullmark.unit import scheme

_ZERO_FIRST = -1
_LETTER = -2
_SUFFIXES = {"p": -3, "hg": -4, "git": -5, "svn": -6, "cvs": -7}
_SUFFIX_NUMBER = -8
_HASH = -9
_REVISION = -10
_END = -11
_SUFFIXES |= {"rc": -12, "pre": -13, "beta": -14, "alpha": -15}

Key = tuple[int | str, ...]

_VERSION = regex(
    r"([0-9]+)((?:[.a-z][0-9]+)*[a-z]?)((?:_(?:alpha|beta|pre|rc|cvs|svn|git|hg|p)[0-9]*)*)"
    r"(?:~([0-9A-Fa-f]+))?(?:-r([0-9]+))?"
).fullmatch
_USUAL = regex(
    r"([0-9]+(?:\.[0-9]+)*)(?:_(alpha|beta|pre|rc|git|p)([0-9]*))?(?:-r([0-9]+))?\Z"
).match
_NUMBERS = regex(r"([.a-z])([0-9]*)").findall
_SUFFIX = regex(r"_([a-z]+)([0-9]*)").findall


@scheme(
    id="apk",
    ordered=(
        *("1.0_alpha", "1.0_alpha2", "1.0_beta", "1.0_pre1", "1.0_rc1", "1.0", "1.0-r0", "1.0-r10"),
        *("1.0~ab12", "1.0_cvs1", "1.0_git2024", "1.0_hg", "1.0_p_rc", "1.0_p", "1.0_p-r1"),
        *("1.0_p1", "1.0a", "1.0a2", "1.0b", "1.0.01", "1.0.1", "1.01", "1.1", "1.10", "2.0"),
    ),
    equal=(("01.1", "1.1"), ("1.1_p01", "1.1_p1"), ("1.1-r01", "1.1-r1")),
    invalid=(
        "",
        "1.",
        ".1",
        "1.0_foo",
        "1.0-1",
        "1.0-r",
        "1.0_P",
        "1.0 ",
        "1.0~",
        "1.0-r1_p1",
        "v1",
    ),
)
def apk(version: str) -> Key:
    """Numbers, a letter, suffixes, a commit's hash and a revision, as apk-tools 3 orders.

    A number with a leading zero, but the first, is compared as text. Digits behind a letter, which
    apk-tools 2 took, are taken here.
    """
    if usual := _USUAL(version):
        return _usual(*usual.groups())
    match = _VERSION(version)
    if match is None:
        raise ParseError(version[:100], "no version of apk")
    first, numbers, suffixes, commit, revision = match.groups()
    key: list[int | str] = [int(first)]
    for mark, digits in _NUMBERS(numbers):
        if mark != ".":
            key += (_LETTER, mark, int(digits)) if digits else (_LETTER, mark)
        elif digits[0] == "0":
            key += (_ZERO_FIRST, digits)
        else:
            key.append(int(digits))
    if suffixes:
        for word, digits in _SUFFIX(suffixes):
            key += (_SUFFIXES[word], _SUFFIX_NUMBER, int(digits)) if digits else (_SUFFIXES[word],)
    if commit:
        key += (_HASH, commit)
    if revision:
        key += (_REVISION, int(revision))
    key.append(_END)
    return tuple(key)


def _usual(numbers: str, suffix: str | None, count: str, revision: str | None) -> Key:
    """The key of numbers, a suffix with its number, and a revision."""
    first, *others = numbers.split(".")
    key: list[int | str] = [int(first)]
    for digits in others:
        if digits[0] == "0":
            key += (_ZERO_FIRST, digits)
        else:
            key.append(int(digits))
    if suffix:
        key.append(_SUFFIXES[suffix])
        if count:
            key += (_SUFFIX_NUMBER, int(count))
    if revision:
        key += (_REVISION, int(revision))
    key.append(_END)
    return tuple(key)
