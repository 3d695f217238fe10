"""Secrets in base 64, one level deep: keywords are searched for in the ways they lie in it."""

from binascii import Error, a2b_base64, b2a_base64
from collections.abc import Iterator
from re import compile as regex

from hullmark.model import File

MIN_CHARS = 5
"""Of base 64: fewer turn up by chance."""

MAX_RUN_BYTES = 64 * 1024
"""Of base 64 around a keyword, on either side."""

_run_before = regex(rb"[A-Za-z0-9+/_\-]*\Z").search
_run_after = regex(rb"[A-Za-z0-9+/_\-]*={0,2}").match

_IN_URLS = bytes.maketrans(b"+/", b"-_")

_STARTS = (0, 2, 3)
"""Where the first character stands that a keyword alone decides, by the bytes before it."""


def in_base64(keyword: bytes) -> Iterator[tuple[bytes, int]]:
    """The characters that a keyword alone decides, and their place in a group of four.

    Where they are few, the next one too, whose first bits are the keyword's, in all its forms. Both
    alphabets of RFC 4648 are meant.
    """
    for before, start in enumerate(_STARTS):
        end, left = divmod((before + len(keyword)) * 8, 6)
        step = 1 << (2 + left)
        nexts = range(0, 256, step) if left and end - start < MIN_CHARS else (0,)
        for following in nexts:
            text = b2a_base64(bytes(before) + keyword + bytes((following,)), newline=False)
            part = text[start : end + (len(nexts) > 1)]
            yield part, start
            if part != part.translate(_IN_URLS):
                yield part.translate(_IN_URLS), start


def decoded(file: File, end: int, length: int, shift: int) -> tuple[int, int, bytes] | None:
    """Where the base 64 around a keyword begins, how long it is, and what it says.

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
        return first, len(text), a2b_base64(plain + b"=" * (-len(plain) % 4))
    except Error:
        return None
