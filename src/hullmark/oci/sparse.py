"""Sparse files of tars made whole: their stored parts at their places, holes as zero bytes.

Format: https://www.gnu.org/software/tar/manual/html_node/Sparse-Formats.html
"""

from hullmark.model import ParseError
from hullmark.oci.tar import BLOCK, MAX_SPARSE_PARTS, Entry, decimal


def sparse_map(stored: bytes) -> tuple[list[tuple[int, int]], int]:
    """The map of format 1.0 at the start of the stored data, and where the data begins."""
    at = 0

    def number() -> int:
        nonlocal at
        end = stored.find(b"\n", at, at + 24)
        if end < 0:
            raise ParseError("layer", "sparse map ends early")
        digits, at = stored[at:end], end + 1
        return decimal(digits)

    count = number()
    if count > MAX_SPARSE_PARTS:
        raise ParseError("layer", "sparse file of too many parts")
    parts = [(number(), number()) for _ in range(count)]
    return parts, at + -at % BLOCK


def expand(entry: Entry, stored: bytes, limit: int) -> bytes:
    """A sparse file's whole content, holes as zero bytes; refused above ``limit`` bytes."""
    if entry.real_size > limit:
        raise ParseError(entry.path, f"sparse file of {entry.real_size} bytes")
    parts, at = (entry.sparse, 0) if entry.sparse is not None else sparse_map(stored)
    whole = bytearray(entry.real_size)
    end = 0
    for offset, size in parts:
        if offset < end or offset + size > entry.real_size:
            raise ParseError(entry.path, "sparse part beyond the end of its file, or out of order")
        end = offset + size
        whole[offset : offset + size] = stored[at : at + size].ljust(size, b"\0")
        at += size
    return bytes(whole)
