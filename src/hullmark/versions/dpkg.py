"""Versions of Debian and its kin.

Specification: https://www.debian.org/doc/debian-policy/ch-controlfields.html#version
"""

from re import compile as regex

from hullmark.model import ParseError
from hullmark.unit import scheme

_VERSION = regex(
    r"(?:([0-9]{1,10}):(?=.))?([0-9A-Za-z.+~:_-]*?[0-9A-Za-z.+~:_])(?:-([0-9A-Za-z.+~_]+))?\Z"
).match
_PARTS = regex(r"([^0-9]*)([0-9]*)").findall
_END = "\x01"
_ORDER = str.maketrans({"~": "\x00", **{each: chr(256 + ord(each)) for each in "+-.:_"}})
"""A tilde goes before the end of a part, letters before all else."""

Part = tuple[tuple[str, int], ...]


@scheme(
    id="dpkg",
    ordered=("0~~", "0~~a", "0~", "0", "0a", "0+", "1.0~rc1", "1.0", "1.0-1", "1.0-1+b1", "1:0.1"),
    equal=(("1.0", "0:1.0-0"), ("1.01", "1.1"), ("1.0a", "1.0a0")),
    invalid=("", "a:1", "1 2", "1:", "1-"),
)
def dpkg(version: str) -> tuple[int, Part, Part]:
    """Epoch, upstream version and revision; letters sort before other signs, a tilde before all.

    dpkg itself takes versions that begin with no digit, so they are taken here.
    """
    match = _VERSION(version)
    if match is None or (match[1] is None and ":" in version):
        raise ParseError(version[:100], "no version of dpkg")
    epoch, upstream, revision = match.groups("0")
    return int(epoch), _key(upstream), _key(revision)


def _key(part: str) -> Part:
    """Signs and numbers by turns; the last pair is the end, which sorts before letters."""
    pairs = _PARTS(part.translate(_ORDER))
    return tuple([(f"{signs}{_END}", int(digits or 0)) for signs, digits in pairs])
