"""Changes as a unified diff, which ``git apply`` and ``patch -p1`` take.

Format: https://www.gnu.org/software/diffutils/manual/html_node/Detailed-Unified.html
"""

from collections.abc import Iterator, Sequence
from difflib import diff_bytes, unified_diff

from hullmark.fix import Change

MAX_LINES = 20_000
"""That are compared line by line; beyond, all between the first and the last difference is one."""

CONTEXT = 3
NO_NEWLINE = b"\\ No newline at end of file\n"


def difference(change: Change) -> Iterator[bytes]:
    """The lines of one file's diff, with their ends."""
    old, new = _lines(change.before), _lines(change.after)
    start, stop = _common(old, new)
    yield b"--- " + _name("a", change.path) + b"\n"
    yield b"+++ " + _name("b", change.path) + b"\n"
    if max(len(old), len(new)) - start - stop > MAX_LINES:
        hunks = _whole(old, new, start, stop)
    else:
        found = diff_bytes(unified_diff, old, new, n=CONTEXT, lineterm=b"\n")
        hunks = (line for number, line in enumerate(found) if number > 1)
    for line in hunks:
        yield line if line.endswith(b"\n") else line + b"\n" + NO_NEWLINE


def _lines(data: bytes) -> list[bytes]:
    lines = [line + b"\n" for line in data.split(b"\n")]
    lines[-1] = lines[-1][:-1]
    return lines if lines[-1] else lines[:-1]


def _common(old: Sequence[bytes], new: Sequence[bytes]) -> tuple[int, int]:
    """How many lines are the same at the start and at the end."""
    most = min(len(old), len(new))
    start = next((at for at in range(most) if old[at] != new[at]), most)
    rest = most - start
    stop = next((at for at in range(rest) if old[-1 - at] != new[-1 - at]), rest)
    return start, stop


def _whole(old: Sequence[bytes], new: Sequence[bytes], start: int, stop: int) -> Iterator[bytes]:
    """One hunk without context."""
    gone, come = old[start : len(old) - stop], new[start : len(new) - stop]
    yield b"@@ -%d,%d +%d,%d @@\n" % (start + 1, len(gone), start + 1, len(come))
    yield from (b"-" + line for line in gone)
    yield from (b"+" + line for line in come)


def _name(side: str, path: str) -> bytes:
    """A path as git writes it: quoted where it holds what is no plain sign."""
    full = f"{side}/{path}"
    if full.isprintable() and '"' not in full and "\\" not in full:
        return full.encode()
    escaped = (
        chr(byte) if 0x20 <= byte < 0x7F and byte not in b'"\\' else f"\\{byte:03o}"  # noqa: PLR2004 - ASCII
        for byte in full.encode()
    )
    return f'"{"".join(escaped)}"'.encode()
