"""Private keys between lines of dashes (RFC 7468), in files, in JSON and in code.

Examples are built here, number by number, so that no source file holds a key.
"""

from base64 import b64encode
from random import Random
from re import compile as regex

from hullmark.checks import der
from hullmark.checks.proofs import base64_bytes

MAX_PEM_CHARS = 16384
"""A key of 16384 bits has 12.7 thousand characters."""

LINE_CHARS = 64

BREAK = r"(?:\s|\\[nr]){1,40}"
"""An expression for the end of a line and the indent of the next, as text or JSON has them."""

_between = regex(r"\\[nr]|[\"'][\s+\\]*[\"']|[\s\"',\\]")
"""What stands between the lines of a key: line ends, as text, code and JSON have them."""


def pattern(label: str, inside: str = r"[A-Za-z0-9+/=\s\\\"',]+?") -> str:
    """An expression for a block of this label, whose group is what stands between its lines."""
    return f"-----BEGIN {label}-----({inside})-----END {label}-----"


def anchor(label: str) -> str:
    """The line that a block begins with."""
    return f"-----BEGIN {label}-----"


def body(value: str) -> bytes:
    """The bytes of the base 64 of a block; empty where it is none."""
    return base64_bytes(_between.sub("", value)) or b""


def written(random: Random, label: str, data: bytes, *, head: str = "", tail: str = "") -> str:
    """A block as a file, a JSON document or a line of an environment file has it."""
    text = b64encode(data).decode()
    lines = [text[at : at + LINE_CHARS] for at in range(0, len(text), LINE_CHARS)]
    whole = [
        anchor(label),
        *head.splitlines(),
        *lines,
        *tail.splitlines(),
        f"-----END {label}-----",
    ]
    return random.choice(
        (
            "\n".join(whole),
            "  " + "\n  ".join(whole),
            '{"key": "' + "\\n".join(whole) + '\\n"}',
            'KEY="' + "\\n".join(whole) + '"',
        )
    )


def cut(random: Random, label: str, data: bytes) -> str:
    """What looks like a key and is none: cut off, empty, left out, public, or overwritten."""
    half = data[: random.randrange(len(data) // 4, len(data) // 2)]
    return random.choice(
        (
            written(random, label, half),
            written(random, label, random.randbytes(len(data))),
            f"{anchor(label)}\n...\n-----END {label}-----",
            f"{anchor(label)}\n-----END {label}-----",
            f'if "{anchor(label)}" in text: raise ValueError("-----END {label}-----")',
            written(random, "PUBLIC KEY", data),
        )
    )


def rsa_key(random: Random) -> bytes:
    """Numbers in the form of an RSA key, of the usual length and not prime."""
    p, q = (random.getrandbits(512) | 1 | 3 << 510 for _ in range(2))
    rest = (random.getrandbits(512) for _ in range(3))
    return der.encoded(
        der.SEQUENCE, der.integers(0, p * q, 65537, random.getrandbits(1023), p, q, *rest)
    )


def dsa_key(random: Random) -> bytes:
    """Numbers in the form of a DSA key."""
    p = random.getrandbits(1024) | 1 | 1 << 1023
    q = random.getrandbits(160) | 1 | 1 << 159
    g, x = random.getrandbits(1000), random.getrandbits(150) | 1
    return der.encoded(der.SEQUENCE, der.integers(0, p, q, g, pow(g, x, p), x))


def ec_key(random: Random) -> bytes:
    """Numbers in the form of a key on the curve P-256."""
    curve = der.encoded(der.OID, bytes.fromhex("2a8648ce3d030107"))
    return der.encoded(
        der.SEQUENCE,
        der.integers(1),
        der.encoded(der.OCTETS, random.randbytes(32)),
        der.encoded(0xA0, curve),
        der.encoded(0xA1, der.encoded(der.BITS, b"\0\4", random.randbytes(64))),
    )


def pkcs8_key(random: Random) -> bytes:
    """A key in PKCS #8: RSA, EC or Ed25519."""
    name, inner = random.choice(
        (
            ("2a864886f70d010101", rsa_key(random)),
            ("2a8648ce3d0201", ec_key(random)),
            ("2b6570", der.encoded(der.OCTETS, random.randbytes(32))),
        )
    )
    named = der.encoded(der.SEQUENCE, der.encoded(der.OID, bytes.fromhex(name)))
    return der.encoded(der.SEQUENCE, der.integers(0), named, der.encoded(der.OCTETS, inner))


def encrypted_key(random: Random) -> bytes:
    """A key in PKCS #8 behind a password."""
    name = der.encoded(der.OID, bytes.fromhex("2a864886f70d01050d"))
    salt = der.encoded(der.SEQUENCE, der.encoded(der.OCTETS, random.randbytes(16)))
    return der.encoded(
        der.SEQUENCE,
        der.encoded(der.SEQUENCE, name, salt),
        der.encoded(der.OCTETS, random.randbytes(320)),
    )
