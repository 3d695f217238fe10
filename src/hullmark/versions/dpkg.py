"""Versions of Debian and its kin.

Specification: https://www.debian.org/doc/debian-policy/ch-controlfields.html#version
"""

from re import compile as regex

from hullmark.model import ParseError
from hullmark.unit import scheme

Key = tuple[int | bytes, ...]

MAX_EPOCH = 2**31 - 1
"""dpkg holds an epoch in an int."""

_LEGAL = regex(r"[0-9A-Za-z.+~:_-]+").fullmatch
_SPLIT = regex(rb"(-1|[0-9]+)").split
_SIGNS = rb"""!"#$%&'()*+,-.:;<=>?@[\]^_`{|}"""
_ORDER = bytes.maketrans(_SIGNS, bytes([sign + 128 for sign in _SIGNS]))
"""Signs go behind letters; a slash, which no version holds, stays before them as a part's end."""


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
    epoch, colon, rest = version.partition(":")
    if not colon:
        epoch, rest = "0", version
    upstream, dash, revision = rest.rpartition("-")
    if not dash:
        upstream, revision = rest, "0"
    if (
        not (upstream and revision and _LEGAL(version) and epoch.isdigit())
        or ":" in revision
        or int(epoch) > MAX_EPOCH
    ):
        raise ParseError(version[:100], "no version of dpkg")
    return debian_key(int(epoch), upstream, revision)


def debian_key(epoch: int, upstream: str, revision: str) -> Key:
    """The epoch, then signs and numbers by turns; what ends without a digit ends with a zero.

    A tilde is the number -1, lower than where the other goes on with a number or ends.
    """
    if not upstream[-1].isdigit():
        upstream += "0"
    if not revision[-1:].isdigit():
        revision += "0"
    text = f"{upstream}/{revision}/".encode().translate(_ORDER).replace(b"~", b"-1")
    runs: list[int | bytes] = _SPLIT(text)
    runs[1::2] = map(int, runs[1::2])
    return (epoch, *runs)
