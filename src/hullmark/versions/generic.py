"""Versions of whatever has no order of its own. Ours; no specification."""

from re import compile as regex

from hullmark.unit import scheme

_BEFORE = (
    *("~", "dev", "snapshot", "nightly", "canary", "alpha", "beta", "milestone", "pre"),
    *("preview", "cr", "rc"),
)
"""Words of what comes before a release, in their order."""

_RANKS = {word: rank - len(_BEFORE) for rank, word in enumerate(_BEFORE)}
_END = 0
_WORD = 1
_NUMBER = 2

Key = tuple[int | str, ...]

_TOKENS = regex(r"[0-9]+|~|[^\W\d_]+").findall


@scheme(
    id="generic",
    ordered=(
        *("", "0.9", "1.0~git1", "1.0-dev", "1.0.alpha1", "1.0alpha2", "1.0-beta", "1.0-RC1"),
        *("1.0", "1.0a", "1.0b", "1.0-p1", "1.0.0.1", "1.0.1", "1.9", "1.10", "2"),
    ),
    equal=(("v1.0", "1"), ("1_0-1", "1.0.1"), ("1.0-RC", "1-rc"), ("1.01", "1.1"), ("", "..")),
)
def generic(version: str) -> Key:
    """Runs of digits as numbers and runs of letters as text, without regard to case.

    Words of what comes before a release, and a tilde, sort before the end; other words behind it
    and numbers behind these. Separators, zeros at the end of numbers and a first v do not count.
    """
    tokens = _TOKENS(version.casefold())
    if tokens and tokens[0] == "v":
        del tokens[0]
    key: list[int | str] = []
    zeros = 0
    for token in tokens:
        if not token.isdecimal():
            zeros = 0
            key += (_RANKS[token],) if token in _RANKS else (_WORD, token)
        elif number := int(token):
            key += (_NUMBER, 0) * zeros + (_NUMBER, number)
            zeros = 0
        else:
            zeros += 1
    key.append(_END)
    return tuple(key)
