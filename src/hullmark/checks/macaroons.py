"""Macaroons as the Python Package Index makes them: examples, and what tells one."""

from base64 import urlsafe_b64encode
from random import Random

from hullmark.checks.drawing import uuid
from hullmark.checks.proofs import base64_bytes

SIGNATURE = b"\x06\x20"
"""What stands before the 32 bytes at a macaroon's end."""


def drawn(random: Random, host: bytes) -> str:
    """A token of a host: where it is for, an identity and a signature that nobody made."""
    identity = uuid(random).encode()
    body = b"\x02\x01" + bytes([len(host)]) + host
    body += b"\x02" + bytes([len(identity)]) + identity + b"\x00"
    body += b"\x00" + SIGNATURE + random.randbytes(32)
    return "pypi-" + urlsafe_b64encode(body).decode().rstrip("=")


def is_whole(value: str) -> bool:
    """Whether a token ends as one does that was not cut or made up."""
    body = base64_bytes(value.removeprefix("pypi-"))
    return body is not None and body[-34:-32] == SIGNATURE
