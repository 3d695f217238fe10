"""How the C library keeps memory that was freed: mallopt(3)."""

import ctypes

M_TRIM_THRESHOLD = -1
M_MMAP_THRESHOLD = -3
KEPT_BYTES = 48 * 1024 * 1024
"""Freed memory that stays with the process: four times what is under way between threads."""
MAPPED_BYTES = 16 * 1024 * 1024


def keep_freed() -> None:
    """Reuse freed chunks instead of giving them back to the kernel, which must clear each page.

    C libraries without mallopt do as they please.
    """
    mallopt = getattr(ctypes.CDLL(None), "mallopt", None)
    if mallopt is not None:
        mallopt(M_TRIM_THRESHOLD, KEPT_BYTES)
        mallopt(M_MMAP_THRESHOLD, MAPPED_BYTES)
