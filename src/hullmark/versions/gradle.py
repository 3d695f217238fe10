"""Versions as Gradle orders them, whatever repository they come from.

Specification: https://docs.gradle.org/current/userguide/dependency_versions.html
"""

from re import compile as regex

from hullmark.model import ParseError
from hullmark.unit import scheme

_SEPARATOR = regex(r"[.+_-]").split
_PLAIN = regex(r"[0-9]+(?:\.[0-9]+)*\Z").match
_TURNS = regex(r"[0-9]+|[^0-9]+").findall

_WORD, _END, _NUMBER = 1, 8, 9
_RANKS = {"dev": 0, "rc": 2, "snapshot": 3, "final": 4, "ga": 5, "release": 6, "sp": 7}
"""Words that Gradle knows in any case; others are before them as text, but for ``dev``."""

Key = tuple[int | str, ...]


@scheme(
    id="gradle",
    ordered=(
        *("1.0-dev", "1.0-ALPHA", "1.0-alpha", "1.0-alpha-1", "1.0-alpha-2", "1.0-zeta", "1.0-rc"),
        *("1.0-rc-1", "1.0-SNAPSHOT", "1.0-final", "1.0-ga", "1.0-release", "1.0-sp", "1.0"),
        *("1.0.0", "1.1.a", "1.1", "1.1.0", "1.2", "1.10"),
    ),
    equal=(("1.a.1", "1a1"), ("1-a+1", "1.a-1"), ("1.0-RC-1", "1.0rc1"), ("1.01", "1.1")),
    invalid=("",),
)
def gradle(version: str) -> Key:
    """Numbers after words, and more numbers after fewer, more words before fewer.

    Gradle takes any text, so any is taken here that is not empty.
    """
    if not version:
        raise ParseError(version, "no version of gradle")
    if _PLAIN(version):
        numbers = [*map(int, version.split("."))]
        plain = [_NUMBER] * (2 * len(numbers))
        plain[1::2] = numbers
        return *plain, _END
    key: list[int | str] = []
    for piece in _SEPARATOR(version):
        if piece.isdigit() and piece.isascii():
            key += _NUMBER, int(piece)
            continue
        for part in (piece,) if piece.isalpha() else _TURNS(piece) or ("",):
            if part[:1].isdigit() and part.isascii():
                key += _NUMBER, int(part)
            elif (known := _RANKS.get(part.lower())) is not None:
                key.append(known)
            else:
                key += _WORD, part
    key.append(_END)
    return tuple(key)
