"""Secrets in base 64, one level deep: keywords are searched for in the ways they lie in it."""

from binascii import Error, a2b_base64, b2a_base64
from collections.abc import Iterator
from re import compile as regex

from hullmark.model import File

MAX_RUN_BYTES = 64 * 1024
"""Of base 64 around a keyword, on either side."""

_run_before = regex(rb"[A-Za-z0-9+/_\-]*\Z").search
_run_after = regex(rb"[A-Za-z0-9+/_\-]*={0,2}").match

_STARTS = (0, 2, 3)
"""Where the first character stands that a keyword alone decides, by the bytes before it."""


def in_base64(keyword: bytes) -> Iterator[tuple[bytes, int]]:
    """The characters that a keyword alone decides, and their place in a group of four."""
    for before, start in enumerate(_STARTS):
        text = b2a_base64(bytes(before) + keyword, newline=False)
        end = (before + len(keyword)) * 8 // 6
        yield text[start:end], start


def decoded(file: File, end: int, length: int, shift: int) -> tuple[int, bytes] | None:
    """Where the base 64 around a keyword begins and what it says.

    ``end`` is where the keyword's characters end, ``length`` how many they are, ``shift`` the place
    of the first of them in its group of four.
    """
    start = end - length
    low = max(0, start - MAX_RUN_BYTES)
    found = _run_before(file.read(low, start - low))
    before = len(found[0]) if found else 0
    after = _run_after(file.read(start, length + MAX_RUN_BYTES))
    if after is None:
        return None
    first = start - before + (before - shift) % 4
    text = file.read(first, start - first) + after[0]
    plain = text.rstrip(b"=").replace(b"-", b"+").replace(b"_", b"/")
    plain = plain[: len(plain) - 1 if len(plain) % 4 == 1 else None]
    try:
        return first, a2b_base64(plain + b"=" * (-len(plain) % 4))
    except Error:
        return None
