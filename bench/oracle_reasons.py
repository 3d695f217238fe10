"""Why a peer's rule and ours differ on an example: by its name, its text and what we tell of it.

A reason is given for conditions, of which the first that holds counts: a glob of the example's
name, ``/expression/`` for what its text holds, ``+glob`` for a rule of ours that fires there; ``!``
turns each about, and `` & `` joins several. ``*`` is a whole pair of rules.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from fnmatch import fnmatchcase
from functools import cache

WHOLE = "*"
"""Of every example, whatever it is: a new difference of such a pair is not noticed."""

REST = "rest"
"""Of every rule, where none of its own conditions holds."""

Given = str | dict[str, str]
"""A reason for all examples of a pair, or by conditions."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Example:
    """An example by its name without the kind, with our rules that fire on it."""

    name: str
    text: str
    ours: frozenset[str]


def reason(side: Mapping[str, Given], rule: str, example: Example) -> tuple[str, str]:
    """Return the name of the reason that is given for an example, and the condition that held.

    Conditions of every rule go before those of one (``*``) or behind (``rest``); both answers are
    empty where none holds.
    """
    for key in (WHOLE, rule, REST):
        for condition, why in conditions(side.get(key, {})):
            if all(_holds(each, example) for each in condition.split(" & ")):
                return why, f"{key}: {condition}"
    return "", ""


def conditions(given: Given) -> Iterator[tuple[str, str]]:
    """Yield each condition with its reason."""
    yield from ({WHOLE: given} if isinstance(given, str) else given).items()


def _holds(condition: str, example: Example) -> bool:
    if condition.startswith("!"):
        return not _holds(condition[1:], example)
    if condition.startswith("/"):
        return _compiled(condition[1:-1]).search(example.text) is not None
    if condition.startswith("+"):
        return any(fnmatchcase(each, condition[1:]) for each in example.ours)
    return fnmatchcase(example.name, condition)


@cache
def _compiled(expression: str) -> re.Pattern[str]:
    return re.compile(expression, re.MULTILINE)
