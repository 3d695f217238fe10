"""DER as far as private keys need it: to tell a whole key from bytes that are none.

Formats: ITU-T X.690, RFC 8017 (RSA), RFC 5915 (EC), RFC 5958 (PKCS #8), RFC 8018 (PBES2).
"""

from typing import NamedTuple

INTEGER, BITS, OCTETS, OID, SEQUENCE = 0x02, 0x03, 0x04, 0x06, 0x30

MAX_ITEMS = 64
"""Of one sequence: a key has about ten."""

MIN_RSA_BITS, MAX_RSA_BITS = 384, 16384
MIN_EC_BYTES, MAX_EC_BYTES = 14, 72
"""Of a private scalar: the shortest and longest curves that have a name."""

MIN_DSA_BITS, MAX_DSA_BITS = 512, 4096
MAX_ORDER_BITS = 512
"""Of a DSA key: FIPS 186-4 ends at 256, and longer exponents take long."""

ALGORITHMS = {
    "2a864886f70d010101": "RSA",
    "2a864886f70d01010a": "RSA-PSS",
    "2a8648ce3d0201": "EC",
    "2a8648ce380401": "DSA",
    "2a864886f70d010301": "Diffie-Hellman",
    "2b656e": "X25519",
    "2b656f": "X448",
    "2b6570": "Ed25519",
    "2b6571": "Ed448",
}
"""Object identifiers of keys, as encoded."""

ENCRYPTIONS = ("2a864886f70d0105", "2a864886f70d010c01")
"""What object identifiers of encryption by a password begin with: PKCS #5 and PKCS #12."""


class Item(NamedTuple):
    """A tag and what it holds."""

    tag: int
    value: bytes

    @property
    def number(self) -> int:
        """The value as an unsigned integer."""
        return int.from_bytes(self.value)


def items(data: bytes) -> list[Item]:
    """The parts of one sequence that is all of the data; nothing where it is not."""
    outer = _read(data, 0)
    if outer is None or outer[0].tag != SEQUENCE or outer[1] != len(data):
        return []
    return parts(outer[0].value)


def parts(data: bytes) -> list[Item]:
    """Values one after the other; nothing where they do not fill the data."""
    found: list[Item] = []
    at = 0
    while at < len(data):
        one = _read(data, at)
        if one is None or len(found) >= MAX_ITEMS:
            return []
        found.append(one[0])
        at = one[1]
    return found


def _read(data: bytes, at: int) -> tuple[Item, int] | None:
    """The value that begins here, and where the next does."""
    if at + 2 > len(data):
        return None
    size, start = data[at + 1], at + 2
    if size & 0x80:
        digits = size & 0x7F
        if not 1 <= digits <= 4:  # noqa: PLR2004 - no key has more than 4 GiB
            return None
        size, start = int.from_bytes(data[start : start + digits]), start + digits
    if start + size > len(data):
        return None
    return Item(data[at], data[start : start + size]), start + size


def rsa_bits(data: bytes) -> int:
    """The length of an RSA key whose primes multiply to its modulus; 0 for anything else."""
    found = items(data)
    if len(found) < 9 or {each.tag for each in found[:9]} != {INTEGER}:  # noqa: PLR2004 - RFC 8017, A.1.2
        return 0
    modulus = found[1].number
    bits = modulus.bit_length()
    if not MIN_RSA_BITS <= bits <= MAX_RSA_BITS:
        return 0
    return bits if found[4].number * found[5].number == modulus else 0


def is_ec(data: bytes) -> bool:
    """Whether it is an EC key."""
    found = items(data)
    return (
        len(found) >= 2  # noqa: PLR2004 - RFC 5915, section 3
        and found[0] == Item(INTEGER, b"\1")
        and found[1].tag == OCTETS
        and MIN_EC_BYTES <= len(found[1].value) <= MAX_EC_BYTES
        and any(found[1].value)
    )


def dsa_bits(data: bytes) -> int:
    """The length of a DSA key whose public half follows from its private one; 0 otherwise."""
    found = items(data)
    if len(found) != 6 or {each.tag for each in found} != {INTEGER}:  # noqa: PLR2004 - version, p, q, g, y, x
        return 0
    _, p, q, g, y, x = (each.number for each in found)
    if not MIN_DSA_BITS <= p.bit_length() <= MAX_DSA_BITS:
        return 0
    if not 0 < x <= q < p or q.bit_length() > MAX_ORDER_BITS:
        return 0
    return p.bit_length() if pow(g, x, p) == y else 0


def algorithm(data: bytes) -> str:
    """What a key in PKCS #8 is for, empty when it is none."""
    found = items(data)
    if (
        len(found) < 3  # noqa: PLR2004 - RFC 5958, section 2
        or found[0].tag != INTEGER
        or found[0].value not in (b"\0", b"\1")
        or found[1].tag != SEQUENCE
        or found[2].tag != OCTETS
    ):
        return ""
    named = parts(found[1].value)
    name = ALGORITHMS.get(named[0].value.hex(), "") if named and named[0].tag == OID else ""
    inner = found[2].value
    match name:
        case "RSA" | "RSA-PSS":
            return f"{rsa_bits(inner)} bit {name}" if rsa_bits(inner) else ""
        case "EC":
            return name if is_ec(inner) else ""
        case _:
            return name if parts(inner) else ""


def is_encrypted(data: bytes) -> bool:
    """Whether it is a key in PKCS #8 behind a password."""
    found = items(data)
    if [each.tag for each in found] != [SEQUENCE, OCTETS] or not found[1].value:
        return False
    named = parts(found[0].value)
    return bool(named) and named[0].tag == OID and named[0].value.hex().startswith(ENCRYPTIONS)


def encoded(tag: int, *values: bytes) -> bytes:
    """A value under a tag, to build examples with."""
    data = b"".join(values)
    size = len(data)
    if size < 0x80:  # noqa: PLR2004 - X.690, 8.1.3
        return bytes((tag, size)) + data
    digits = size.to_bytes((size.bit_length() + 7) // 8)
    return bytes((tag, 0x80 | len(digits))) + digits + data


def integers(*numbers: int) -> bytes:
    """Unsigned integers one after the other."""
    return b"".join(
        encoded(INTEGER, number.to_bytes(number.bit_length() // 8 + 1)) for number in numbers
    )
