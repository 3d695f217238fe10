"""Ranges of npm versions: ``^1.2``, ``~1.2.3``, ``1.x``, ``1.2 - 2``, ``>=1 <2 || 3``.

Behaviour: https://github.com/npm/node-semver#ranges, as npm reads them: loosely.
"""

from functools import lru_cache
from operator import eq, ge, gt, le, lt
from re import compile as regex

from hullmark.model import ParseError
from hullmark.versions import key
from hullmark.versions.npm import BUILD, PRE_RELEASE
from hullmark.versions.semver import RELEASE, Identifiers, Key, identifiers

_NUMBER = r"[0-9]+|[xX*]"
_PARTIAL = rf"[v=\s]*({_NUMBER})(?:\.({_NUMBER})(?:\.({_NUMBER})(?:{PRE_RELEASE})?)?)?(?:{BUILD})?"
_SPAN = regex(rf"\s*{_PARTIAL}\s+-\s+{_PARTIAL}\s*\Z").match
_TERM = regex(rf"(~>?|\^|>=|<=|>|<|=|){_PARTIAL}\Z").match
_AFTER_OPERATOR = regex(r"(~>?|\^|>=|<=|>|<|=)\s+(?=[v=0-9xX*])").sub
_NUMBER_AFTER_X = regex(r"[<>=v]*(?:[xX*]\.[0-9]|[0-9]+\.[xX*]\.[0-9])").match

_TESTS = {"=": eq, ">=": ge, "<=": le, ">": gt, "<": lt}
_LOWEST: Identifiers = ((0, 0),)
"""The pre-release ``-0``: as a bound it shuts out all pre-releases of the version it stands at."""

Bound = tuple[str, Key]
"""A comparison and what is compared with."""
Partial = tuple[int | None, int | None, int | None, Identifiers]
"""Numbers until the first that is left open, and the pre-release."""


def satisfies(version: str, range: str) -> bool:
    """Whether a version is of a range; ``ParseError`` where one or the other cannot be read.

    A pre-release is only of ranges that name a pre-release of the same three numbers.
    """
    found: Key = key("npm", version)
    return any(_holds(found, bounds) for bounds in _alternatives(range))


def _holds(found: Key, bounds: tuple[Bound, ...]) -> bool:
    """Whether all bounds hold, and one of them allows a pre-release if this is one."""
    if not all(_TESTS[test](found, bound) for test, bound in bounds):
        return False
    if found[3] == RELEASE:
        return True
    return any(bound[3] != RELEASE and bound[:3] == found[:3] for _, bound in bounds)


@lru_cache(maxsize=4096)
def _alternatives(range: str) -> tuple[tuple[Bound, ...], ...]:
    """What stands between ``||``; anything at all, if one of them is that."""
    read = [_bounds(part.strip()) for part in range.split("||")]
    known = [bounds for bounds in read if bounds is not None]
    if not known:
        raise ParseError(range[:100], "no range of npm")
    return ((),) if () in known else tuple(known)


def _bounds(text: str) -> tuple[Bound, ...] | None:
    """Bounds that must all hold; ``None`` where no term of the text can be read.

    Beside terms that can be read, others are left out, as npm does; ``1.x.3`` is one that
    cannot, ``^1.x.3`` and ``~1.x.3`` are ``1.x``. A ``*`` is not seen between two of those.
    """
    if not text:
        return ()
    if span := _SPAN(text):
        return _span(_partial(span.groups()[:4]), _partial(span.groups()[4:]))
    terms = [_TERM(term) for term in _AFTER_OPERATOR(r"\1", text).split()]
    read = [
        _term(term[1], _partial(term.groups()[1:]))
        if term and not _NUMBER_AFTER_X(term[0])
        else None
        for term in terms
    ]
    if any(read) or () in (read[0], read[-1]):
        return tuple(bound for bounds in read if bounds for bound in bounds)
    return None


def _partial(groups: tuple[str | None, ...]) -> Partial:
    """Numbers and pre-release of a match; a number after an open one is open too."""
    numbers: list[int | None] = []
    for group in groups[:3]:
        open_from_here = not group or group in "xX*" or (numbers and numbers[-1] is None)
        numbers.append(None if open_from_here else int(group or 0))
    pre = groups[3]
    major, minor, patch = numbers
    return major, minor, patch, identifiers(pre) if pre and patch is not None else RELEASE


def _term(operator: str, partial: Partial) -> tuple[Bound, ...]:
    """The bounds that an operator and a version stand for."""
    match operator:
        case "^":
            return _above(partial, _next_caret(partial))
        case "~" | "~>":
            return _above(partial, _next(partial, at_most=1))
        case "=" | "" if partial[2] is not None:
            return (("=", _filled(partial)),)
        case "=" | "":
            return _above(partial, _next(partial))
        case _:
            return _compared(operator, partial)


def _compared(operator: str, partial: Partial) -> tuple[Bound, ...]:
    """An order, where ``>1.2`` is above all of 1.2 and ``<=1.2`` takes all of it in."""
    if partial[0] is None:
        return (("<", (0, 0, 0, _LOWEST)),) if operator in "<>" else ()
    if operator == ">=":
        return _floor(partial)
    if partial[2] is not None:
        return ((operator, _filled(partial)),)
    if operator == ">":
        return ((">=", (*_next(partial), RELEASE)),)
    return (("<", (*(_next(partial) if operator == "<=" else _filled(partial)[:3]), _LOWEST)),)


def _span(lowest: Partial, highest: Partial) -> tuple[Bound, ...]:
    """``1.2 - 2``: from the first of the one to the last of the other."""
    floor = _floor(lowest) if lowest[0] is not None else ()
    if highest[0] is None:
        return floor
    if highest[2] is None:
        return (*floor, ("<", (*_next(highest), _LOWEST)))
    return (*floor, ("<=", _filled(highest)))


def _above(partial: Partial, below: tuple[int, int, int]) -> tuple[Bound, ...]:
    """From a version on, up to another that is not reached by its pre-releases either."""
    if partial[0] is None:
        return ()
    return (*_floor(partial), ("<", (*below, _LOWEST)))


def _floor(partial: Partial) -> tuple[Bound, ...]:
    """At least this version; nothing for the first of all releases."""
    filled = _filled(partial)
    return () if filled == (0, 0, 0, RELEASE) else ((">=", filled),)


def _filled(partial: Partial) -> Key:
    """The first version that begins with these numbers."""
    major, minor, patch, pre = partial
    return major or 0, minor or 0, patch or 0, pre


def _next(partial: Partial, at_most: int = 2) -> tuple[int, int, int]:
    """The numbers after these: the last that is given counts on, no later than ``at_most``."""
    major, minor, patch, _ = partial
    if minor is None:
        return (major or 0) + 1, 0, 0
    if patch is None or at_most == 1:
        return major or 0, minor + 1, 0
    return major or 0, minor, patch + 1


def _next_caret(partial: Partial) -> tuple[int, int, int]:
    """Where the first number that is not zero counts on."""
    major, minor, patch, _ = partial
    if major or minor is None:
        return (major or 0) + 1, 0, 0
    if minor or patch is None:
        return 0, minor + 1, 0
    return 0, 0, patch + 1
