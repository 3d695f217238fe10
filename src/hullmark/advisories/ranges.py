"""Whether a version is affected, and from which on it is not.

Algorithm: https://ossf.github.io/osv-schema/#evaluation
"""

from collections.abc import Sequence
from functools import lru_cache
from re import compile as regex
from typing import Any

from msgspec import Struct

from hullmark.model import ParseError
from hullmark.model.advisory import Affected, Range
from hullmark.versions import key

_FROM_START = ("introduced", "0")
_TURNS = {"introduced": 0, "fixed": 1, "limit": 1, "last_affected": 2}
"""Events in the order in which they hold, where they name one version."""

_IS_SHORT = regex(r"[0-9]+(?:\.[0-9]+)?\Z").match
"""Advisories write ``13.0`` where they should write ``13.0.0``."""

_THREE_NUMBERS = ("hex", "npm", "semver", "swift")
"""Orders of versions that have no fewer."""

Events = tuple[tuple[str, str], ...]

MAX_STEPS = 20
"""From a fix that is affected itself to the next."""


class Verdict(Struct, frozen=True):
    """``fixed`` is the lowest version above that ends it, empty where none is known."""

    affected: bool
    fixed: str = ""


@lru_cache(maxsize=200_000)
def _key(scheme: str, version: str) -> Any:  # noqa: ANN401 - each scheme has its own
    if scheme in _THREE_NUMBERS and _IS_SHORT(version):
        version += ".0" * (2 - version.count("."))
    return key(scheme, version)


def judged(affected: Affected, version: str, scheme: str) -> Verdict:
    """Whether this version is affected; ``ParseError`` when that hangs on one that is none."""
    inside, fixed, error = _once(affected, version, scheme)
    if not inside:
        if error:
            raise error
        return Verdict(affected=False)
    for _ in range(MAX_STEPS):
        if not fixed:
            break
        if len(affected.ranges) == 1 and not _is_listed(affected, fixed, scheme):
            return Verdict(affected=True, fixed=fixed)
        still, later, _error = _once(affected, fixed, scheme)
        if not still:
            return Verdict(affected=True, fixed=fixed)
        fixed = later
    return Verdict(affected=True)


def _once(affected: Affected, version: str, scheme: str) -> tuple[bool, str, ParseError | None]:
    """Whether a version is inside, the highest end of what it is inside of, and what is none."""
    fixes, error, inside = [], None, False
    names_versions = bool(affected.versions)
    for each in affected.ranges:
        if each.kind == "GIT":
            continue
        names_versions = True
        try:
            found, fixed = _in_range(each, version, scheme)
        except ParseError as wrong:
            error = wrong
            continue
        inside = inside or found
        fixes += [fixed] if fixed else []
    if not names_versions:
        error = ParseError(affected.name, "the advisory names no versions, commits at most")
    inside = inside or _is_listed(affected, version, scheme)
    return inside, highest(fixes, scheme) if fixes else "", error


def _is_listed(affected: Affected, version: str, scheme: str) -> bool:
    """Lists of Python's name public versions, whatever was built of them here (``+cpu``)."""
    if not affected.versions:
        return False
    if version in affected.versions or scheme != "pep440":
        return version in affected.versions
    at = _key(scheme, version.partition("+")[0])
    return any(_key(scheme, each) == at for each in affected.versions)


def begins_later(affected: Affected, version: str, scheme: str) -> str | None:
    """From which version after this one on others are affected, the lowest; ``None`` for none.

    It is empty where they are listed without a beginning.
    """
    starts = [
        bound
        for each in affected.ranges
        if each.kind != "GIT"
        for event, bound in each.events
        if event == "introduced"
    ]
    if not starts:
        return "" if affected.versions else None
    at = _key(scheme, version)
    later = [bound for bound in starts if bound != "0" and _key(scheme, bound) > at]
    return min(later, key=lambda bound: _key(scheme, bound), default=None)


def is_before(version: str, other: str, scheme: str) -> bool:
    """Whether a version comes before another."""
    return bool(_key(scheme, version) < _key(scheme, other))


def highest(versions: Sequence[str], scheme: str) -> str:
    """The last of these versions, empty where there is none."""
    if len(versions) == 1:
        return versions[0]
    return max(versions, key=lambda version: _key(scheme, version), default="")


def _in_range(each: Range, version: str, scheme: str) -> tuple[bool, str]:
    at = _key(scheme, version)
    public = _key(scheme, version.partition("+")[0]) if scheme == "pep440" else at
    inside, fixed = False, ""
    for kind, where, bound in _steps(each.events, scheme):
        if kind == "introduced":
            if where is not None and where > at:
                if inside:
                    continue
                break
            inside = True
        elif kind == "last_affected":
            inside = inside and public <= where
        elif where <= at:
            inside = False
            if kind == "limit":
                break
        else:
            fixed = bound if kind == "fixed" else ""
            break
    return inside, fixed if inside else ""


@lru_cache(maxsize=200_000)
def _steps(events: Events, scheme: str) -> Sequence[tuple[str, Any, str]]:
    """Events by version, each with its key; what is introduced at 0 comes first, without one."""
    first: list[tuple[str, Any, str]] = []
    rest: list[tuple[str, Any, str]] = []
    for event in events:
        kind, bound = event
        if kind not in _TURNS:
            raise ParseError(kind, "is no event of a range")
        if event == _FROM_START:
            first.append((kind, None, bound))
        else:
            rest.append((kind, _key(scheme, bound), bound))
    if len(rest) > 1:
        rest.sort(key=lambda step: (step[1], _TURNS[step[0]]))
    return first + rest
