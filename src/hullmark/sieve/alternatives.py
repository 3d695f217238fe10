"""Expressions with many alternatives, taken apart into several that mean the same together.

Hyperscan as Vectorscan 5.4.12 builds it misses matches of a group of ten alternatives and more
where one ends like another (``db_password|admin_password|...``); none of nine lost one.
"""

from collections.abc import Iterator
from itertools import product
from math import prod
from re import compile as regex

MAX_ALTERNATIVES = 6
"""Of one group: well below the nine that are still found."""

MAX_PARTS = 32
"""Of one expression, when several of its groups are taken apart; beyond it stays as it is."""

_run = regex(r"\[[^\]]*\]\{[0-9]+(?:,[0-9]+)?\}(?=(?:[A-Za-z0-9:_+-]|\\[+.]){3})").match

QUANTIFIERS = ("?", "*", "+", "{")
"""After a group that stands for itself several times, and cannot be taken apart."""


def parts(expression: str) -> list[str]:
    """Expressions of few alternatives each, which match together what this one matches."""
    choices = list(_choices(expression))
    if prod(map(len, choices)) > MAX_PARTS:
        return [expression]
    return ["".join(each) for each in product(*choices)]


def led(expression: str) -> str:
    """An expression without the run of a class that it begins with, where a text follows.

    Hyperscan looks for texts first, and must go back from one that stands in the middle.
    """
    found = _run(expression)
    return expression[found.end() :] if found else expression


def _choices(text: str) -> Iterator[list[str]]:
    """Pieces of an expression in their order, each in the ways that it is to be written."""
    done = 0
    for opened, ends in _groups(text):
        closed = ends[-1]
        if len(ends) <= MAX_ALTERNATIVES or text[closed + 1 : closed + 2] in QUANTIFIERS:
            continue
        starts = [opened, *(end + 1 for end in ends[:-1])]
        yield [text[done:opened]]
        yield [
            text[starts[first] : ends[min(first + MAX_ALTERNATIVES, len(ends)) - 1]]
            for first in range(0, len(ends), MAX_ALTERNATIVES)
        ]
        done = closed
    yield [text[done:]]


def _groups(text: str) -> Iterator[tuple[int, list[int]]]:
    """Outermost groups: where the alternatives of each begin, and where each of them ends."""
    depth, opened = 0, 0
    places: list[int] = []
    at = 0
    while at < len(text):
        char = text[at]
        if char == "\\":
            at += 1
        elif char == "[":
            at = _class_end(text, at)
        elif char == "(":
            depth += 1
            if depth == 1:
                opened, places = _inside(text, at), []
        elif char == "|" and depth == 1:
            places.append(at)
        elif char == ")":
            depth -= 1
            if depth == 0:
                yield opened, [*places, at]
        at += 1


def _inside(text: str, at: int) -> int:
    """Where a group's alternatives begin, after what says its kind: ``(``, ``(?:``, ``(?i:``."""
    if text[at + 1 : at + 2] != "?":
        return at + 1
    return text.find(":", at) + 1 or len(text)


def _class_end(text: str, at: int) -> int:
    """Where a class of characters ends that begins here."""
    at += 1
    if text[at : at + 1] == "^":
        at += 1
    if text[at : at + 1] == "]":
        at += 1
    while at < len(text) and text[at] != "]":
        if text.startswith("[:", at):
            at = text.find(":]", at) + 1
        at += 2 if text[at] == "\\" else 1
    return at
