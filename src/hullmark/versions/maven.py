"""Versions of Maven artifacts, as Maven 3.9 compares them.

Specification: https://maven.apache.org/pom.html#version-order-specification
"""

from re import compile as regex

from hullmark.model import ParseError
from hullmark.unit import scheme

_USUAL = regex(r"([0-9]++(?:\.[0-9]++)*+)(?:([.-]?)([A-Za-z]++))?(?:(-?)([0-9]++))?\Z").match
_TOKENS = regex(r"[.-]|[0-9]+|[^0-9.-]+").findall

Word = tuple[int, str]
Items = list[int | Word]
Key = tuple[int | str, ...]

_NOTHING: Word = (5, "")
_WORDS: dict[str, Word] = {
    "alpha": (0, ""),
    "beta": (1, ""),
    "milestone": (2, ""),
    "rc": (3, ""),
    "cr": (3, ""),
    "snapshot": (4, ""),
    "ga": _NOTHING,
    "final": _NOTHING,
    "release": _NOTHING,
    "sp": (6, ""),
}
_UNKNOWN = 7
_SHORT = {"a": "alpha", "b": "beta", "m": "milestone"}
"""What these letters mean where a digit follows at once."""

_BELOW, _END, _ABOVE, _NUMBER = range(4)
"""What a part begins with: less than no more parts, that itself, more than it, a number.

A zero is as good as nothing, so parts tell how many zeros precede them.
"""
_WORD, _SUBLIST = 0, 1


@scheme(
    id="maven",
    ordered=(
        *("1-alpha", "1-alpha-1", "1-alpha.1", "1-beta", "1-milestone-2", "1.0-rc1", "1-SNAPSHOT"),
        *("1", "1-sp", "1-abc", "1.0.foo", "1-foo-1", "1-jre", "1-1", "1-2", "1.0.1-rc1", "1.0.1"),
        *("1.0.2", "1.0.10", "1.1"),
    ),
    equal=(
        ("1", "1.0.0"),
        ("1", "1-ga"),
        ("1.0.RELEASE", "1-Final"),
        ("1a1", "1-alpha-1"),
        ("1.0m3", "1-milestone-3"),
        ("1-cr2", "1.0RC2"),
        ("1.0-1", "1-1"),
        ("1.x", "1-x"),
    ),
    invalid=("",),
)
def maven(version: str) -> Key:
    """Numbers and words, where a hyphen and a turn from one to the other begin a list of their own.

    Maven takes any text, so any is taken here that is not empty. Its own order goes round in
    places (``1.0.rc-1``, ``1``, ``1-1``, and again ``1.0.rc-1``): here such versions keep the place
    that they have to the number they begin with.
    """
    if (usual := _USUAL(version)) and (key := _usual(*usual.groups())):
        return key
    if not version:
        raise ParseError(version, "no version of maven")
    return _key(_lists(version.lower()))


def _usual(numbers: str, before: str, word: str, between: str, count: str) -> Key | None:
    """The key of numbers, a word and its number; ``None`` where these are not a list each."""
    key: list[int | str] = []
    zeros = 0
    for digits in numbers.split("."):
        if number := int(digits):
            key += _NUMBER, -zeros, number
            zeros = 0
        else:
            zeros += 1
    if word:
        if before == "." and between:
            return None
        word = word.lower()
        rank, text = _word(_SHORT.get(word, word) if count and not between else word)
        if rank != _NOTHING[0]:
            side = _BELOW if rank < _NOTHING[0] else _ABOVE
            key += side, 0, _SUBLIST, side, 0, _WORD, rank, text
        elif count:
            return None
    if count and (number := int(count)):
        key += _ABOVE, 0, _SUBLIST, _NUMBER, 0, number
    key.append(_END)
    return tuple(key)


def _lists(version: str) -> list[Items]:
    """The items of each list; a list that holds another has it last."""
    tokens = _TOKENS(version)
    items: Items = []
    lists = [items]
    between = True
    for part, after in zip(tokens, [*tokens[1:], ""], strict=True):
        if part in ".-":
            if between:
                items.append(0)
            between = True
            opens = part == "-"
        elif part[0] in "0123456789":
            items.append(int(part))
            between = False
            opens = after not in ("", ".", "-")
        else:
            opens = after[:1].isdigit()
            if items and (opens or not after):
                items = []
                lists.append(items)
            items.append(_word(_SHORT.get(part, part) if opens else part))
            between = False
        if opens:
            items = []
            lists.append(items)
    return lists


def _word(text: str) -> Word:
    """Known words by their rank, others after them as text."""
    return _WORDS.get(text) or (_UNKNOWN, text)


def _key(lists: list[Items]) -> Key:
    """Parts one after the other, each of a length that its beginning tells, then the end."""
    for items in lists:
        while items and (not items[-1] or items[-1] == _NOTHING):
            del items[-1]
    while lists and not lists[-1]:
        del lists[-1]
    key: list[int | str] = []
    for index, items in enumerate(lists):
        if index:
            key += _side(lists[index:]), 0, _SUBLIST
        zeros = 0
        for place, item in enumerate(items):
            if not item:
                zeros += 1
                continue
            if isinstance(item, int):
                key += _NUMBER, -zeros, item
            else:
                side = _side([items[place:], *lists[index + 1 :]])
                key += side, zeros, _WORD, *item
            zeros = 0
    key.append(_END)
    return tuple(key)


def _side(lists: list[Items]) -> int:
    """Whether this is more or less than nothing: the first item that is not nothing says it."""
    for items in lists:
        for item in items:
            if isinstance(item, tuple) and item != _NOTHING:
                return _BELOW if item < _NOTHING else _ABOVE
            if isinstance(item, int) and item:
                return _ABOVE
    return _END
