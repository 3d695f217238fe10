"""Allow lists of the user, held against each secret: by rule, path, commit, value and words."""

from collections.abc import Callable, Iterator, Sequence
from functools import lru_cache
from typing import Any

import re2  # type: ignore[import-untyped]  # it has no stubs
from msgspec import Struct

from hullmark.model import File
from hullmark.sieve.options import AllowList


class Held(Struct, frozen=True, kw_only=True):
    """A secret as allow lists see it: its rule and value, all that matched, and the whole lines."""

    rule: str
    value: str
    match: str
    line: Callable[[], str]


def reason(lists: Sequence[AllowList], file: File, held: Held) -> str:
    """Why the first list that fits accepts a secret; empty where none does."""
    for each in lists:
        if each.rules and held.rule not in each.rules:
            continue
        found = list(_fits(each, file, held))
        said = [text for text in found if text is not None]
        if said and (len(said) == len(found) or not each.every):
            return f"{each.at}: {each.description or said[0]}"
    return ""


def compiled(pattern: str) -> Any:  # noqa: ANN401 - re2 has no types
    """A pattern in Go's syntax, which is RE2's; ``re2.error`` when it is none."""
    options = re2.Options()
    options.log_errors = False
    return re2.compile(pattern, options)


def _fits(each: AllowList, file: File, held: Held) -> Iterator[str | None]:
    """What fits of every kind that a list names, ``None`` where nothing does."""
    if each.commits:
        yield next((id for id in each.commits if id == file.layer), None)
    if each.paths:
        yield _first(each.paths, file.path)
    if each.regexes:
        yield _first(each.regexes, _target(each, held))
    if each.stopwords:
        value = held.value.lower()
        yield next((word for word in each.stopwords if word.lower() in value), None)


def _target(each: AllowList, held: Held) -> str:
    if each.target == "line":
        return held.line()
    return held.match if each.target == "match" else held.value


def _first(patterns: Sequence[str], text: str) -> str | None:
    return next((each for each in patterns if _kept(each).search(text)), None)


@lru_cache(maxsize=4096)
def _kept(pattern: str) -> Any:  # noqa: ANN401 - as above
    return compiled(pattern)
