"""Changes as a unified diff, which ``git apply`` and ``patch -p1`` take.

Format: https://www.gnu.org/software/diffutils/manual/html_node/Detailed-Unified.html
"""

from bisect import bisect_left
from collections.abc import Iterator, Mapping, Sequence

from hullmark.fix import Change

CONTEXT = 3
NO_NEWLINE = b"\\ No newline at end of file\n"

Lines = Sequence[bytes]
Span = tuple[int, int, int, int]
"""Start and end in the old lines, start and end in the new ones."""


def difference(change: Change) -> Iterator[bytes]:
    """The lines of one file's diff, with their ends."""
    old, new = _lines(change.before), _lines(change.after)
    yield b"--- " + _name("a", change.path) + b"\n"
    yield b"+++ " + _name("b", change.path) + b"\n"
    for hunk in _hunks(_changes(old, new)):
        for line in _hunk(old, new, hunk):
            yield line if line.endswith(b"\n") else line + b"\n" + NO_NEWLINE


def _lines(data: bytes) -> list[bytes]:
    lines = [line + b"\n" for line in data.split(b"\n")]
    lines[-1] = lines[-1][:-1]
    return lines if lines[-1] else lines[:-1]


def _changes(old: Lines, new: Lines) -> Iterator[Span]:
    """What differs, in a time by the number of lines: between lines that each side has once."""
    at, place = 0, 0
    for next_at, next_place in (*_anchors(old, new), (len(old), len(new))):
        start, stop = _common(old[at:next_at], new[place:next_place])
        span = (at + start, next_at - stop, place + start, next_place - stop)
        yield from _split(old, new, span)
        at, place = next_at, next_place


def _split(old: Lines, new: Lines, span: Span) -> Iterator[Span]:
    """A change without the lines that stay, where as many lines are there as before."""
    at, end, place, last = span
    if end - at != last - place:
        yield span
        return
    begun = -1
    for step in range(end - at + 1):
        same = step == end - at or old[at + step] == new[place + step]
        if same and begun >= 0:
            yield at + begun, at + step, place + begun, place + step
            begun = -1
        elif not same and begun < 0:
            begun = step


def _anchors(old: Lines, new: Lines) -> Iterator[tuple[int, int]]:
    """The longest rise of places of lines that both have once, as in patience sorting."""
    once = _once(new)
    pairs = [(at, once[line]) for line, at in _once(old).items() if line in once]
    tops: list[int] = []
    piles: list[int] = []
    below: list[int] = []
    for number, (_, place) in enumerate(pairs):
        pile = bisect_left(tops, place)
        below.append(piles[pile - 1] if pile else -1)
        tops[pile : pile + 1] = [place]
        piles[pile : pile + 1] = [number]
    chain = []
    number = piles[-1] if piles else -1
    while number >= 0:
        chain.append(pairs[number])
        number = below[number]
    return reversed(chain)


def _once(lines: Lines) -> Mapping[bytes, int]:
    """Places of lines that are there once, in order."""
    found: dict[bytes, int] = {}
    for at, line in enumerate(lines):
        found[line] = -1 if line in found else at
    return {line: at for line, at in found.items() if at >= 0}


def _common(old: Lines, new: Lines) -> tuple[int, int]:
    """How many lines are the same at the start and at the end."""
    most = min(len(old), len(new))
    start = next((at for at in range(most) if old[at] != new[at]), most)
    rest = most - start
    stop = next((at for at in range(rest) if old[-1 - at] != new[-1 - at]), rest)
    return start, stop


def _hunks(changes: Iterator[Span]) -> Iterator[list[Span]]:
    """Changes whose contexts meet, together."""
    hunk: list[Span] = []
    for span in changes:
        if hunk and span[0] - hunk[-1][1] > 2 * CONTEXT:
            yield hunk
            hunk = []
        hunk.append(span)
    if hunk:
        yield hunk


def _hunk(old: Lines, new: Lines, spans: Sequence[Span]) -> Iterator[bytes]:
    """The head of a hunk and its lines, with context."""
    lead = min(CONTEXT, spans[0][0])
    tail = min(CONTEXT, len(old) - spans[-1][1])
    at = spans[0][0] - lead
    sides = (at, spans[-1][1] + tail), (spans[0][2] - lead, spans[-1][3] + tail)
    yield b"@@ -%s +%s @@\n" % tuple(_range(*side) for side in sides)
    for start, end, new_start, new_end in spans:
        yield from (b" " + line for line in old[at:start])
        yield from (b"-" + line for line in old[start:end])
        yield from (b"+" + line for line in new[new_start:new_end])
        at = end
    yield from (b" " + line for line in old[at : at + tail])


def _range(start: int, end: int) -> bytes:
    """First line and number of lines, as diff writes them."""
    size = end - start
    if size == 1:
        return b"%d" % (start + 1)
    return b"%d,%d" % (start + 1 if size else start, size)


def _name(side: str, path: str) -> bytes:
    """A path as git writes it: quoted where it holds what is no plain sign.

    Behind a space stands a tab, where patch would otherwise see the end of the name.
    """
    full = f"{side}/{path}"
    if full.isprintable() and '"' not in full and "\\" not in full:
        return full.encode() + (b"\t" if " " in full else b"")
    escaped = (
        chr(byte) if 0x20 <= byte < 0x7F and byte not in b'"\\' else f"\\{byte:03o}"  # noqa: PLR2004 - ASCII
        for byte in full.encode()
    )
    return f'"{"".join(escaped)}"'.encode()
