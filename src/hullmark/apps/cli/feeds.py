"""What users say of feeds on the command line: ``ID[:NAME][=DIR|FILE|URL]``."""

from collections.abc import Iterable
from os.path import basename
from re import compile as regex

import hullmark.feeds
from hullmark.advisories.bringing import Wish, is_name
from hullmark.model import FeedError
from hullmark.unit import Feed, ids, load

PRIVATE = "osv"
"""The feed of which everybody has a source of their own, so that each has a name."""

_unnamed = regex(r"[^A-Za-z0-9._-]+").sub
_endings = regex(r"(?i)(?:\.(?:json|zip|tar|tgz|gz|bz2|xz|zst))+\Z").sub


def wishes(said: Iterable[str]) -> list[Wish]:
    """The feeds to bring in; ``FeedError`` for one that is unknown or asked for twice."""
    found = [_wish(each) for each in said]
    called = [each.called for each in found]
    for name in called:
        if called.count(name) > 1:
            raise FeedError(name, "is asked for twice: a name tells them apart (osv:NAME=DIR)")
    return found


def _wish(said: str) -> Wish:
    what, _, where = said.partition("=")
    id, _, name = what.partition(":")
    unit = load(hullmark.feeds, Feed, id)
    if unit is None:
        raise FeedError(id, f"is no feed: {', '.join(ids(hullmark.feeds))}")
    if id == PRIVATE and where and not name:
        last = basename(where.rstrip("/"))
        name = _unnamed("-", _endings("", last)).strip("-._")[:100]
    if (name or id == PRIVATE) and not is_name(name):
        raise FeedError(said, f"has no name of letters, digits and .-_: {id}:NAME=DIR")
    return Wish(unit=unit, name=name, where=where)
