"""Tokens of GitLab that say where they belong, and carry a checksum.

Format: https://handbook.gitlab.com/handbook/engineering/architecture/design-documents/cells/routable_tokens/
"""

from base64 import urlsafe_b64encode
from random import Random
from re import compile as regex
from zlib import crc32

from hullmark.checks.drawing import BASE64URL, text
from hullmark.checks.kinds import NOTHING_MORE, Claim
from hullmark.checks.proofs import base64_bytes

BASE36 = "0123456789abcdefghijklmnopqrstuvwxyz"
RANDOM_BYTES = 16
CRC_CHARS = 7
LENGTH_CHARS = 2

MAX_BODY_CHARS = 320
"""Of a token after its prefix: the longest payload and its suffix have 310."""

BODY = r"(?:[0-9A-Za-z_-]{27,300}\.[0-9a-z]{9}|(?:t[0-9]_)?[0-9A-Za-z_-]{20})"
"""What follows a prefix: payload, length and checksum, or a runner's type and 20 characters."""

START = r"[0-9A-Za-z_-]{20}"

_route = regex(rb"(?:[cgoptu]:[0-9a-z_]+\n?)+").match
_names = {"o": "organization", "g": "group", "p": "project", "u": "user"}


def base36(number: int, size: int) -> str:
    """A number in base 36, padded with zeros."""
    drawn = ""
    while number:
        number, digit = divmod(number, 36)
        drawn = BASE36[digit] + drawn
    return drawn.rjust(size, "0")


def drawn_token(random: Random, prefix: str) -> str:
    """A token of either form."""
    if random.random() < 1 / 2:
        return prefix + text(random, 20, BASE64URL)
    route = f"o:1\nu:{base36(random.randrange(36**4), 1)}"
    payload = route.encode() + random.randbytes(RANDOM_BYTES) + bytes([RANDOM_BYTES])
    body = urlsafe_b64encode(payload).decode().rstrip("=")
    summed = f"{prefix}{body}.{base36(len(body), LENGTH_CHARS)}"
    return summed + base36(crc32(summed.encode()), CRC_CHARS)


def forged_token(random: Random, prefix: str) -> str:
    """A token whose checksum is that of another."""
    body = text(random, 40, BASE64URL)
    return f"{prefix}{body}.{base36(len(body), LENGTH_CHARS)}{base36(1, CRC_CHARS)}"


def token_claim(value: str) -> Claim | None:
    """What a token proves: nothing in the older form, its checksum and its owner in the newer."""
    if "." not in value:
        return NOTHING_MORE
    summed, checksum = value[:-CRC_CHARS], value[-CRC_CHARS:]
    if base36(crc32(summed.encode()), CRC_CHARS) != checksum:
        return None
    body = value.rpartition(".")[0].partition("-")[2]
    route = _route(base64_bytes(body) or b"")
    owners = route[0].decode().split() if route else []
    said = [
        f"{_names[each[0]]} {int(each[2:], 36)}"
        for each in owners
        if each[0] in _names and each[2:].isalnum()
    ]
    return Claim(says=", ".join(("its checksum holds", *said)))
