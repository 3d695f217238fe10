"""Forms that detectors share: a value given to something that bears a vendor's name."""

from collections.abc import Iterable
from re import escape
from typing import TypedDict

MAX_GAP_CHARS = 24
"""Between a vendor's name and the word for a secret, and after that word."""

MAX_BLANKS = 8
MAX_INDENT_CHARS = 40
"""Between the name and the value of a variable, where each has its line."""

MAX_DISTANCE_CHARS = 160
"""Between a value and the word that tells whose it is: the next lines of a list of options."""

WORDS = "key|token|secret|pass|pwd|auth|cred"
"""What people call secrets; ``auth`` is in author too, so it is no proof."""

_GAP = rf"[\w. -]{{0,{MAX_GAP_CHARS}}}"
_SIGN = rf"[ \t]{{0,{MAX_BLANKS}}}(?:=>|[:?=]=|[:=>, ])[ \t]{{0,{MAX_BLANKS}}}"
_PAIR = rf",?\s{{1,{MAX_INDENT_CHARS}}}[\"']?[Vv]alue[\"']?[:=][ \t]{{0,{MAX_BLANKS}}}"
_GIVEN = rf"\\?[\"'\x60\])]{{0,2}}(?:{_SIGN}|{_PAIR})\\?[\"'\x60]?"
_GIVEN_CHARS = 2 * 2 + 1 + 7 + max(2 * MAX_BLANKS + 2, 1 + MAX_INDENT_CHARS + MAX_BLANKS)


class Form(TypedDict):
    """The part of a detector's declaration that says where it applies."""

    pattern: str
    anchor: str
    max_chars: int
    keywords: tuple[str, ...]


def named(
    *names: str,
    value: str,
    chars: int,
    start: str = "",
    words: str = WORDS,
    end: str = r"\b",
    common: bool = False,
) -> Form:
    """A value that is given to a variable, option or field with one of ``names`` in its name.

    ``names`` are lower case, with ``_`` between words, 4 characters at least. ``value`` is
    an expression without groups, ``chars`` the most it matches. ``words`` follow the name, empty
    where the name says enough. ``end`` is what follows the value. Names are searched for by
    themselves, unless one is ``common`` in texts of another matter (circle, stability): then
    with all that follows, up to the value or to ``start``, how it begins where its length varies.
    """
    spelt = tuple(dict.fromkeys(each for name in names for each in _spellings(name)))
    called = f"(?:{'|'.join(spelt)})".replace(".", r"\.")
    rest = f"{_GAP}(?i:{words}){_GAP}" if words else _GAP
    before = f"{called}{rest}{_GIVEN}"
    longest = max(map(len, spelt)) + 2 * MAX_GAP_CHARS + max(map(len, words.split("|")))
    return Form(
        pattern=rf"(?:\b|_){before}({value}){end}",
        anchor=f"{before}{start or value}" if common else _any_case(names),
        max_chars=longest + _GIVEN_CHARS + chars + 2,
        keywords=spelt,
    )


def near(*words: str, value: str, chars: int) -> Form:
    """A value without a beginning of its own, close behind or before one of ``words``.

    ``words`` are spelt in all ways that they are searched for, ``value`` is an expression without
    groups, ``chars`` the most it matches.
    """
    said = f"(?:{'|'.join(map(escape, words))})"
    between = rf"(?s:.){{0,{MAX_DISTANCE_CHARS}}}?"
    return Form(
        pattern=rf"{said}{between}\b({value})|\b({value}){between}{said}",
        anchor=said,
        max_chars=max(map(len, words)) + MAX_DISTANCE_CHARS + chars + 2,
        keywords=words,
    )


def _any_case(names: Iterable[str]) -> str:
    """All names as they are spelt, in any case: plain texts, which cost the search the least."""
    spelt = {each.lower() for name in names for each in _spellings(name)}
    return f"(?i:{'|'.join(sorted(spelt))})".replace(".", r"\.")


def _spellings(name: str) -> list[str]:
    """A name as constants, fields, options, headers and identifiers have it."""
    parts = name.split("_")
    title = "".join(part.capitalize() for part in parts)
    return [
        name,
        name.upper(),
        "-".join(parts),
        "-".join(part.capitalize() for part in parts),
        ".".join(parts),
        parts[0] + title[len(parts[0]) :],
        title,
    ]
