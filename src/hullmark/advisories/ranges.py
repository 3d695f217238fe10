"""Whether a version is affected, and from which on it is not.

Algorithm: https://ossf.github.io/osv-schema/#evaluation
"""

from collections.abc import Iterator, Sequence
from functools import lru_cache
from re import compile as regex
from typing import Any

from msgspec import Struct

from hullmark.model import ParseError
from hullmark.model.advisory import Affected, Range
from hullmark.versions import key

_BEFORE_ALL = "0"
_TURNS = {"introduced": 0, "fixed": 1, "limit": 1, "last_affected": 2}
"""Events in the order in which they hold, where they name one version."""

_IS_SHORT = regex(r"[0-9]+(?:\.[0-9]+)?\Z").match
"""Advisories write ``13.0`` where they should write ``13.0.0``."""


class Verdict(Struct, frozen=True):
    """``fixed`` is the lowest version above that ends it, empty where none is known."""

    affected: bool
    fixed: str = ""


@lru_cache(maxsize=200_000)
def _key(scheme: str, version: str) -> Any:  # noqa: ANN401 - each scheme has its own
    if scheme == "semver" and _IS_SHORT(version):
        version += ".0" * (2 - version.count("."))
    return key(scheme, version)


def judged(affected: Affected, version: str, scheme: str) -> Verdict:
    """Whether this version is affected; ``ParseError`` when it, or the range's, is none."""
    fixes = []
    inside = version in affected.versions
    for each in affected.ranges:
        if each.kind == "GIT":
            continue
        found = _in_range(each, version, scheme)
        inside = inside or found.affected
        fixes += [found.fixed] if found.fixed else []
    if not inside:
        return Verdict(affected=False)
    return Verdict(affected=True, fixed=min(fixes, key=lambda fix: _key(scheme, fix), default=""))


def highest(versions: Sequence[str], scheme: str) -> str:
    """The last of these versions, empty where there is none."""
    return max(versions, key=lambda version: _key(scheme, version), default="")


def _in_range(each: Range, version: str, scheme: str) -> Verdict:
    at = _key(scheme, version)
    inside, fixed = False, ""
    for kind, bound in _sorted(each, scheme):
        start = bound == _BEFORE_ALL and kind == "introduced"
        where = None if start else _key(scheme, bound)
        if kind == "introduced":
            inside = inside or start or where <= at
            if not start and where > at:
                break
        elif kind == "last_affected":
            inside = inside and at <= where
        elif where <= at:
            inside = False
        else:
            fixed = bound if kind == "fixed" else ""
            break
    return Verdict(affected=inside, fixed=fixed if inside else "")


def _sorted(each: Range, scheme: str) -> Iterator[tuple[str, str]]:
    """Events by version; what is introduced at 0 comes first."""
    first = [event for event in each.events if event == ("introduced", _BEFORE_ALL)]
    rest = [event for event in each.events if event != ("introduced", _BEFORE_ALL)]
    for kind, _ in rest:
        if kind not in _TURNS:
            raise ParseError(kind, "is no event of a range")
    yield from first
    yield from sorted(rest, key=lambda event: (_key(scheme, event[1]), _TURNS[event[0]]))
