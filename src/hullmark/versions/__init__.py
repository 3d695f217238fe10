"""Order of version strings: one module a scheme, found by its name."""

from functools import cache
from typing import Any

import hullmark.versions as room
from hullmark.model import ParseError
from hullmark.unit import Scheme, load

MAX_VERSION_CHARS = 1000
"""Ours; the longest real ones, of Go, have some 80. Schemes turn digits into numbers."""


@cache
def scheme_of(id: str) -> Scheme:
    """A scheme by its id; ``KeyError`` when there is none."""
    found = load(room, Scheme, id)
    if found is None:
        raise KeyError(id)
    return found


def key(scheme: str, version: str) -> Any:  # noqa: ANN401 - each scheme has keys of its own kind
    """What sorts as the version does among others of its scheme; ``ParseError`` if it is none."""
    if len(version) > MAX_VERSION_CHARS:
        raise ParseError(version[:100], f"longer than the {MAX_VERSION_CHARS} signs of a version")
    return scheme_of(scheme).key(version)


def compare(scheme: str, a: str, b: str) -> int:
    """-1 where ``a`` comes before ``b``, 1 where after, else 0; ``ParseError`` as of ``key``."""
    one, other = key(scheme, a), key(scheme, b)
    return int(one > other) - int(one < other)
