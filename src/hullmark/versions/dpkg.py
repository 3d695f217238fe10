"""Versions of Debian and its kin.

Specification: https://www.debian.org/doc/debian-policy/ch-controlfields.html#version
"""

from hullmark.model import ParseError
from hullmark.unit import scheme

Key = tuple[int | bytes, ...]

MAX_EPOCH = 2**31 - 1
"""dpkg holds an epoch in an int."""

_LEGAL = b"0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz.+~:_-"
_DIGITS = b"0123456789"
_SIGNS = rb"""!"#$%&'()*+,-.:;<=>?@[\]^_`{|}"""
_WORDS = bytes.maketrans(
    _DIGITS + b"~" + _SIGNS, b" " * 10 + b"\1" + bytes([sign + 128 for sign in _SIGNS])
)
"""Words between spaces: a tilde before a word's end, signs behind letters.

A slash, which no version holds, stays before both as the end of a part.
"""
_WORD_END = b"\2 "
_NUMBERS = bytes([sign if sign in _DIGITS else ord(" ") for sign in range(256)])


@scheme(
    id="dpkg",
    ordered=("0~~", "0~~a", "0~", "0", "0a", "0+", "1.0~rc1", "1.0", "1.0-1", "1.0-1+b1", "1:0.1"),
    equal=(("1.0", "0:1.0-0"), ("1.01", "1.1"), ("1.0a", "1.0a0"), ("1.0a", "1.0a-0")),
    invalid=(
        *("", "a:1", "1 2", "1:", "1-", "-1", ":1", "1:2-3:4", "2147483648:1", "1.0/2"),
        *("1\u0660", "\u0661:1"),
    ),
)
def dpkg(version: str) -> Key:
    """Epoch, upstream version and revision; letters sort before other signs, a tilde before all.

    dpkg itself takes versions that begin with no digit, so they are taken here.
    """
    epoch, rest = 0, version
    if ":" in version:
        before, _, rest = version.partition(":")
        epoch = int(before) if before.isdecimal() else -1
    upstream, dash, revision = rest.rpartition("-")
    if not dash:
        upstream, revision = rest, "0"
    if (
        not (upstream and revision and 0 <= epoch <= MAX_EPOCH)
        or version.encode("ascii", "replace").translate(None, _LEGAL)
        or ":" in revision
    ):
        raise ParseError(version[:100], "no version of dpkg")
    return debian_key(epoch, upstream, revision)


def debian_key(epoch: int, upstream: str, revision: str) -> Key:
    """The epoch, then words and numbers by turns; what ends without a digit ends with a zero."""
    if not upstream[-1].isdigit():
        upstream += "0"
    if not revision[-1:].isdigit():
        revision += "0"
    text = f"/{upstream}/{revision}/".encode()
    words = (_WORD_END.join(text.translate(_WORDS).split()) + _WORD_END).split()
    key: list[int | bytes] = [epoch] * (2 * len(words))
    key[1::2] = words
    key[2::2] = map(int, text.translate(_NUMBERS).decode().split())
    return tuple(key)
