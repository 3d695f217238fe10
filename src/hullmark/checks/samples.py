"""Files for examples of malware: harmless, and put together so that no source looks like it."""

from struct import pack

from hullmark.model import File

BAR = "\u00a6"
"""Stands in samples of scripts where it keeps the source from being one."""


def text(path: str, *lines: str, mode: int = 0o644) -> File:
    """A text of these lines."""
    return File(path=path, content="".join(f"{line}\n" for line in lines).encode(), mode=mode)


def elf(
    path: str,
    data: bytes,
    *,
    kind: int = 3,
    flags: int = 5,
    machine: int = 62,
    mode: int = 0o755,
) -> File:
    """An ELF program with one segment, which holds ``data`` and no code.

    ``kind`` is its e_type (2 EXEC, 3 DYN, 1 REL), ``flags`` are the segment's (4 R, 2 W, 1 X),
    ``machine`` is its e_machine (62 x86-64, 247 BPF).
    """
    start = 64 + 56
    head = b"\x7fELF" + bytes((2, 1, 1, 0)) + bytes(8)
    head += pack("<HHIQQQIHHHHHH", kind, machine, 1, start, 64, 0, 0, 64, 56, 1, 64, 0, 0)
    head += pack("<IIQQQQQQ", 1, flags, 0, 0, 0, start + len(data), start + len(data), 4096)
    return File(path=path, content=head + data, mode=mode)


def script(path: str, *lines: str, mode: int = 0o755) -> File:
    """A text of these lines without their bars."""
    return text(path, *(line.replace(BAR, "") for line in lines), mode=mode)


def pieces(path: str, *parts: bytes, mode: int = 0o644) -> File:
    """A file of these bytes, one after the other."""
    return File(path=path, content=b"".join(parts), mode=mode)
