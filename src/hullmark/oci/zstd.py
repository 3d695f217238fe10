"""Whether a zstd file is whole: its frames and blocks followed by their headers alone.

Format: https://www.rfc-editor.org/rfc/rfc8878 section 3.1. The library takes the end of its input
for the end of the content, so it cannot tell.
"""

import os

MAGIC = b"\x28\xb5\x2f\xfd"
SKIPPABLE = tuple(bytes([0x50 | number]) + b"\x2a\x4d\x18" for number in range(16))
"""How a skippable frame begins, as zstd:chunked layers may."""

HEADER_BYTES = 18
_CHECKSUM = 0b100
_SINGLE_SEGMENT = 0b100000
_DICTIONARY_BYTES = (0, 1, 2, 4)
_SIZE_BYTES = (0, 2, 4, 8)
_RLE = 1


def is_frame(start: bytes) -> bool:
    """Whether these first four bytes begin a frame of either kind."""
    return start.startswith((MAGIC, *SKIPPABLE))


def is_whole(fd: int, offset: int, size: int) -> bool:
    """Whether the last frame in this window of an open file ends where the window does."""
    end = offset + size
    while offset < end:
        head = os.pread(fd, HEADER_BYTES, offset)
        if not is_frame(head) or len(head) < 8:  # noqa: PLR2004 - shorter than any frame
            return False
        if head[:4] == MAGIC:
            offset = _frame_end(fd, offset, end, head)
        else:
            offset += 8 + int.from_bytes(head[4:8], "little")
    return offset == end


def _frame_end(fd: int, offset: int, end: int, head: bytes) -> int:
    """Offset behind a frame; beyond ``end`` when the frame is."""
    said = head[4]
    single = said & _SINGLE_SEGMENT != 0
    told = _SIZE_BYTES[said >> 6] or int(single)
    offset += 5 + (not single) + _DICTIONARY_BYTES[said & 3] + told
    last = False
    while not last and offset < end:
        block = int.from_bytes(os.pread(fd, 3, offset), "little")
        last = block & 1 == 1
        offset += 3 + (1 if block >> 1 & 3 == _RLE else block >> 3)
    checksum = 4 if said & _CHECKSUM else 0
    return offset + checksum if last else end + 1
