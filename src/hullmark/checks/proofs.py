"""What can be known of a secret without asking anybody: checksums, structure, expiry."""

from binascii import Error, a2b_base64
from itertools import pairwise
from typing import Any
from zlib import crc32

from msgspec import MsgspecError
from msgspec.json import decode

from hullmark.checks.drawing import BASE62


def crc32_base62(body: str, size: int = 6) -> str:
    """CRC-32 of a token's body in base 62, as GitHub and npm append it.

    https://github.blog/engineering/platform-security/behind-githubs-new-authentication-token-formats/
    """
    number, drawn = crc32(body.encode()), ""
    while number:
        number, digit = divmod(number, 62)
        drawn = BASE62[digit] + drawn
    return drawn.rjust(size, "0")


def base64_bytes(value: str) -> bytes | None:
    """The bytes of base 64, of either alphabet and padded or not; ``None`` when it is none."""
    plain = value.replace("-", "+").replace("_", "/").rstrip("=")
    try:
        return a2b_base64(plain + "=" * (-len(plain) % 4), strict_mode=True)
    except (Error, ValueError):
        return None


def base64_json(value: str) -> dict[str, Any] | None:
    """The JSON object that base 64 says; ``None`` when it says none."""
    data = base64_bytes(value)
    if data is None:
        return None
    try:
        return decode(data, type=dict[str, Any])
    except (MsgspecError, UnicodeDecodeError, RecursionError):
        return None


RUN_CHARS = 7
"""So many equal or consecutive characters in a row are typed, not drawn."""


def is_drawn(value: str) -> bool:
    """Whether a value looks drawn at random: various characters, no rows like ``1234567``."""
    if len(set(value)) < min(10, len(value) // 2):
        return False
    steps = [ord(after) - ord(before) for before, after in pairwise(value)]
    row, last = 1, 9
    for step in steps:
        row = row + 1 if step == last and abs(step) <= 1 else 2
        last = step
        if row >= RUN_CHARS:
            return False
    return True
