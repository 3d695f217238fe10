"""A requirement of Python as text: its name and where its versions stand.

Format: https://packaging.python.org/en/latest/specifications/dependency-specifiers/
"""

from collections.abc import Iterator
from re import ASCII
from re import compile as regex

from hullmark.model.mending import Before, Edit, Left, Wanted
from hullmark.model.pypi import normalised
from hullmark.model.raising import PEP440, Refused, raised

MAX_CHARS = 2000
"""Ours: a requirement with extras and a long marker has some 200."""

_REQUIREMENT = regex(
    r"[ \t]*+(?P<name>(?>[A-Za-z0-9](?:[A-Za-z0-9._-]*[A-Za-z0-9])?))[ \t]*+(?:\[[^\]\n]*+\])?+"
    r"[ \t]*+\(?+(?P<range>[^;#@\n()]*+)\)?+[ \t]*+(?P<rest>(?:[;@][^\n]*+)?)\Z",
    ASCII,
).match


def names(text: str, wanted: Wanted) -> bool:
    """Whether a requirement is of the package."""
    match = _REQUIREMENT(text[:MAX_CHARS])
    return match is not None and normalised(match["name"]) == normalised(wanted.name)


def requirement(text: str, at: int, wanted: Wanted, before: Before) -> Iterator[Edit | Left]:
    """What to change in one requirement that stands at an offset; nothing for other packages."""
    match = _REQUIREMENT(text) if len(text) <= MAX_CHARS else None
    if match is None or normalised(match["name"]) != normalised(wanted.name):
        return
    if match["rest"].startswith("@"):
        yield Left("it asks for an address")
        return
    try:
        new = raised(match["range"], wanted, before, PEP440)
    except Refused as error:
        yield error.left()
        return
    yield Edit(at + match.start("range"), at + match.end("range"), new)
