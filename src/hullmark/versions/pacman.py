"""Versions of pacman, the package manager of Arch Linux.

Specification: https://man.archlinux.org/man/vercmp.8 and ``rpmvercmp`` of libalpm
"""

from re import compile as regex

from hullmark.model import ParseError
from hullmark.unit import scheme

Key = tuple[int | str, ...]

_NO_RELEASE = -1
_LETTERS_AT_ONCE = 0
_END = 1
_SEPARATORS_AND_END = 2
_LETTERS = 2
_DIGITS = 3


_VERSION = regex(r"(?:([0-9]*):)?+([!-~]+)").fullmatch
_RUNS = regex(r"([^0-9A-Za-z]*)([0-9]+|[A-Za-z]+|\Z)").findall
_NUMBERS = regex(r"[0-9]+(?:[._][0-9]+)*\Z").match


@scheme(
    id="pacman",
    ordered=(
        *("1.0a", "1.0alpha", "1.0b", "1.0rc", "1.0", "1.0-1", "1.0-1.1", "1.0-2", "1.0.", "1.0.a"),
        *("1.0.1", "1.0..a", "1.1-1", "1.1.r12.g1-1", "1:0.1-1"),
    ),
    equal=(("1.0-1", "0:1.0-1"), ("1.01", "1.1"), ("1.0", "1_0"), (":1", "1")),
    invalid=("", "1:", "1 2", "1\u0660"),
)
def pacman(version: str) -> Key:
    """Runs of digits and of letters; letters right behind digits sort before the end.

    Two orders of pacman are none and are settled here: a version without a release, there equal to
    each with one, sorts before them; separators at the end sort right behind the end.
    """
    match = _VERSION(version)
    if match is None:
        raise ParseError(version[:100], "no version of pacman")
    epoch, rest = match.groups()
    numbers, dash, release = rest.rpartition("-")
    key: list[int | str] = [int(epoch or 0)]
    if dash:
        _add(key, numbers)
        _add(key, release)
    else:
        _add(key, rest)
        key.append(_NO_RELEASE)
    return tuple(key)


def _add(key: list[int | str], part: str) -> None:
    """How each run begins, the more separators the later, and the run."""
    if _NUMBERS(part):
        numbers = [*map(int, part.replace("_", ".").split("."))]
        added = [_DIGITS + 2] * (2 * len(numbers))
        added[0] = _DIGITS
        added[1::2] = numbers
        key += added
        key.append(_END)
        return
    for separators, run in _RUNS(part):
        if run.isdigit():
            key += (_DIGITS + 2 * len(separators), int(run))
        elif run:
            key += (_LETTERS + 2 * len(separators) if separators else _LETTERS_AT_ONCE, run)
        else:
            key.append(_SEPARATORS_AND_END if separators else _END)
            return
