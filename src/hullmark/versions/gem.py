"""Versions of Ruby gems.

Behaviour: https://docs.ruby-lang.org/en/master/Gem/Version.html
"""

from re import compile as regex

from hullmark.model import ParseError
from hullmark.unit import scheme

_VERSION = regex(r"\s*[0-9]+(?:\.[0-9a-zA-Z]+)*(?:-[0-9A-Za-z-]+(?:\.[0-9A-Za-z-]+)*)?\s*\Z").match
_SEGMENTS = regex(r"[0-9]+|[a-zA-Z]+").findall

_BELOW, _END, _NUMBER = range(3)
"""What a segment begins with: a word goes before the end, a number after it.

A zero is as good as the end, so segments tell how many zeros precede them.
"""

Key = tuple[int | str, ...]


@scheme(
    id="gem",
    ordered=(
        *("0.a", "0", "0.9", "1.A", "1.a", "1.a.1", "1.b", "1.b1", "1.b10", "1.pre.2", "1.rc1"),
        *("1.rc1.0.1", "1.0", "1.0.0.1", "1.0.1.pre", "1.0.1", "1.1", "1.10"),
    ),
    equal=(("1", "1.0.0"), ("1.0.a", "1.a"), ("1-2", "1.pre.2"), ("1.a.0", "1.a"), ("1.01", "1.1")),
    invalid=("", "a", ".1", "1.", "1..2", "1_0", "v1", "1-"),
)
def gem(version: str) -> Key:
    """Numbers and words, where a word makes a pre-release and zeros at the end do not count.

    Ruby takes nothing at all as version 0; here that is refused.
    """
    if _VERSION(version) is None:
        raise ParseError(version[:100], "no version of gem")
    key: list[int | str] = []
    zeros = 0
    words = False
    for segment in _SEGMENTS(version.replace("-", ".pre.")):
        if not segment.isdigit():
            key += _BELOW, zeros if words else 0, segment
            words = True
        elif number := int(segment):
            key += _NUMBER, -zeros, number
        else:
            zeros += 1
            continue
        zeros = 0
    key.append(_END)
    return tuple(key)
