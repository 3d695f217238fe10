"""Encodings of keys that carry a checksum: Base58Check, Bech32, and base 32 with CRC-16.

Formats: https://en.bitcoin.it/wiki/Base58Check_encoding,
https://github.com/bitcoin/bips/blob/master/bip-0173.mediawiki
"""

from base64 import b32decode, b32encode
from binascii import Error, crc_hqx
from collections.abc import Iterable
from hashlib import sha256

BASE58 = "123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz"
BECH32 = "qpzry9x8gf2tvdw0s3jn54khce6mua7l"

CHECKSUM_BYTES = 4
BECH32_CHECKSUM = 6
MAX_CHARS = 200
"""Of a value that is decoded: the longest of these, an extended key, has 111."""

_GENERATOR = (0x3B6A57B2, 0x26508E6D, 0x1EA119FA, 0x3D4233DD, 0x2A1462B3)


def base58_bytes(text: str) -> bytes | None:
    """What Base58Check holds, without its checksum; ``None`` where that is wrong."""
    if len(text) > MAX_CHARS or not set(text) <= set(BASE58):
        return None
    number = 0
    for each in text:
        number = number * 58 + BASE58.index(each)
    data = number.to_bytes((number.bit_length() + 7) // 8)
    data = bytes(len(text) - len(text.lstrip("1"))) + data
    held, checksum = data[:-CHECKSUM_BYTES], data[-CHECKSUM_BYTES:]
    return held if _double(held) == checksum else None


def base58_text(data: bytes) -> str:
    """Bytes in Base58Check, with their checksum."""
    data += _double(data)
    number, text = int.from_bytes(data), ""
    while number:
        number, digit = divmod(number, 58)
        text = BASE58[digit] + text
    return "1" * (len(data) - len(data.lstrip(b"\0"))) + text


def _double(data: bytes) -> bytes:
    return sha256(sha256(data).digest()).digest()[:CHECKSUM_BYTES]


def is_bech32(text: str) -> bool:
    """Whether text is Bech32, in one case, and its checksum holds."""
    if len(text) > MAX_CHARS or text not in (text.lower(), text.upper()):
        return False
    prefix, _, data = text.lower().rpartition("1")
    if not prefix or len(data) < BECH32_CHECKSUM or not set(data) <= set(BECH32):
        return False
    return _polymod((*_expanded(prefix), *(BECH32.index(each) for each in data))) == 1


def bech32_text(prefix: str, data: bytes) -> str:
    """Bytes in Bech32, in lower case."""
    size = (len(data) * 8 + 4) // 5
    number = int.from_bytes(data) << (size * 5 - len(data) * 8)
    values = [number >> 5 * (size - 1 - at) & 31 for at in range(size)]
    sums = _polymod((*_expanded(prefix), *values, *bytes(BECH32_CHECKSUM))) ^ 1
    values += [sums >> 5 * (BECH32_CHECKSUM - 1 - at) & 31 for at in range(BECH32_CHECKSUM)]
    return f"{prefix}1" + "".join(BECH32[each] for each in values)


def _expanded(prefix: str) -> tuple[int, ...]:
    numbers = prefix.encode()
    return (*(each >> 5 for each in numbers), 0, *(each & 31 for each in numbers))


def _polymod(values: Iterable[int]) -> int:
    sums = 1
    for each in values:
        top, sums = sums >> 25, (sums & 0x1FFFFFF) << 5 ^ each
        for at, generator in enumerate(_GENERATOR):
            sums ^= generator if top >> at & 1 else 0
    return sums


def base32_bytes(text: str) -> bytes | None:
    """What base 32 holds before the CRC-16 that ends it; ``None`` where that is wrong.

    Stellar's and NATS's keys have this form: CRC-16/XMODEM, the low byte first.
    """
    try:
        data = b32decode(text + "=" * (-len(text) % 8))
    except (Error, ValueError):
        return None
    held, checksum = data[:-2], data[-2:]
    return held if crc_hqx(held, 0).to_bytes(2, "little") == checksum else None


def base32_text(data: bytes) -> str:
    """Bytes in base 32, with their CRC-16."""
    return b32encode(data + crc_hqx(data, 0).to_bytes(2, "little")).decode().rstrip("=")
