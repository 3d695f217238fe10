"""ELF programs for examples of checks: headers and tables without any code."""

from struct import pack

from hullmark.checks.programs import DYN, DYNAMIC, INTERP, LOAD, STACK
from hullmark.model import File

LOADER = b"/lib64/ld-linux-x86-64.so.2"
READ_WRITE, READ_RUN, ALL = 6, 5, 7
HEAD_BYTES, ENTRY_BYTES = 64, 56


def made(
    path: str,
    *,
    kind: int = DYN,
    mode: int = 0o755,
    load: int = READ_RUN,
    stack: int = READ_WRITE,
    loader: bytes = LOADER,
    tags: tuple[tuple[int, int], ...] = (),
    strings: bytes = b"\0",
    data: bytes = b"",
) -> File:
    """A 64-bit program; ``tags`` are dynamic ones beside DT_STRTAB, which points to ``strings``.

    Without a ``loader`` and ``tags`` it is static. ``load`` and ``stack`` are flags of segments.
    """
    parts: list[tuple[int, int, bytes]] = [(STACK, stack, b"")]
    if loader:
        parts.append((INTERP, 4, loader + b"\0"))
    start = HEAD_BYTES + ENTRY_BYTES * (len(parts) + 1 + bool(tags))
    before = b"".join(body for _, _, body in parts) + strings
    where = start + len(before) - len(strings)
    if tags:
        rows = ((5, where), *tags, (0, 0))
        parts.append((DYNAMIC, READ_WRITE, b"".join(pack("<QQ", *row) for row in rows)))
    body = before + (parts[-1][2] if tags else b"") + data
    headers, at = (
        pack("<IIQQQQQQ", LOAD, load, 0, 0, 0, start + len(body), start + len(body), 4096),
        start,
    )
    for segment, flags, held in parts:
        place = start + len(before) if segment == DYNAMIC else at
        headers += pack("<IIQQQQQQ", segment, flags, place, place, place, len(held), len(held), 8)
        at += len(held)
    head = b"\x7fELF" + bytes((2, 1, 1, 0)) + bytes(8)
    head += pack(
        "<HHIQQQIHHHHHH", kind, 62, 1, start, HEAD_BYTES, 0, 0, 64, 56, len(parts) + 1, 64, 0, 0
    )
    return File(path=path, content=head + headers + body, mode=mode)
