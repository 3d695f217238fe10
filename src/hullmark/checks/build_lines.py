"""Dockerfiles cut into instructions: lines joined, here-documents taken, comments left out.

Reference: https://docs.docker.com/reference/dockerfile/#format
"""

from collections.abc import Iterator
from itertools import count
from re import compile as regex
from re import escape as literally

from msgspec.structs import replace

from hullmark.checks.build_instruction import STARTING, Instruction, heredoc, in_words

WORDS = frozenset(
    (
        *("FROM", "RUN", "CMD", "LABEL", "MAINTAINER", "EXPOSE", "ENV", "ADD", "COPY"),
        *("ENTRYPOINT", "VOLUME", "USER", "WORKDIR", "ARG", "ONBUILD", "STOPSIGNAL"),
        *("HEALTHCHECK", "SHELL"),
    )
)
"""Every instruction that there is."""

WITH_HEREDOCS = ("RUN", "COPY", "ADD")
"""Instructions that may bring here-documents."""

NEVER_TRIGGERED = ("FROM", "ONBUILD", "MAINTAINER")
"""Instructions that no ONBUILD may hold."""

_flag = regex(r"--([a-z][a-z-]*)(?:=((?:[^\s\"]|\"[^\"]*\")*))?(?:\s+|\Z)").match


def instructions(
    text: str, escape: str, first: int = 1, *, is_counted: bool = True
) -> Iterator[Instruction]:
    """Each instruction with its lines joined; comments and empty lines in it are left out.

    Lines are counted from ``first``, or not at all.
    """
    continues = regex(rf"(?<!{literally(escape)}){literally(escape)}[ \t]*\Z").search
    lines = zip(count(first, 1 if is_counted else 0), text.split("\n"), strict=False)
    parts: list[str] = []
    places: list[tuple[int, int]] = []
    length = 0
    for number, raw in lines:
        line = raw.lstrip() if not parts else raw
        if not line.strip() or line.lstrip().startswith("#"):
            continue
        more = continues(line)
        places.append((length, number))
        parts.append(line[: more.start()] if more else line)
        length += len(parts[-1])
        if not more:
            yield from _whole("".join(parts), places, lines)
            parts, places, length = [], [], 0
    if parts:
        yield from _whole("".join(parts), places, lines)


def _whole(
    text: str, places: list[tuple[int, int]], lines: Iterator[tuple[int, str]]
) -> Iterator[Instruction]:
    """An instruction of joined lines, and with ONBUILD the one that waits in it."""
    if not text.strip():
        return
    line = places[0][1]
    each = _instruction(text, line)
    bearer = _instruction(each.text, line) if each.word == "ONBUILD" and each.text else each
    if each.word == "ONBUILD" and (not each.text or bearer.word in NEVER_TRIGGERED):
        raise ValueError(f"line {line}: ONBUILD holds no instruction that may wait")
    if bearer.word in WITH_HEREDOCS and bearer.listed is None and "<<" in bearer.text:
        begun = [*filter(None, map(heredoc, in_words(bearer.text)))]
        found = [_until(lines, match[3], line, tabs=bool(match[1])) for match in begun]
        bearer = replace(
            bearer,
            heredocs=tuple(body for body, _ in found),
            ends=tuple(match[3] for match in begun),
            bodies=tuple(first for _, first in found),
        )
    if len(places) > 1 and bearer.word in (*STARTING, "HEALTHCHECK"):
        cut = len(text.rstrip()) - len(bearer.text)
        parts = tuple((max(0, place - cut), number) for place, number in places)
        bearer = replace(bearer, parts=parts)
    if each.word != "ONBUILD":
        yield bearer
        return
    yield each
    yield replace(bearer, trigger=True)


def _until(
    lines: Iterator[tuple[int, str]], end: str, begun: int, *, tabs: bool
) -> tuple[str, int]:
    """The text of a here-document, and the line that it begins in."""
    found: list[str] = []
    first = 0
    for number, line in lines:
        first = first or number
        shown = line.lstrip("\t") if tabs else line
        if shown == end:
            return "\n".join(found), first
        found.append(shown)
    raise ValueError(f"line {begun}: the here-document {end[:40]!r} has no end")


def _instruction(text: str, line: int) -> Instruction:
    word, *after = text.split(maxsplit=1)
    word, rest = word.upper(), after[0].strip() if after else ""
    if word not in WORDS:
        raise ValueError(f"line {line}: there is no instruction {word[:40]!r}")
    flags = []
    at = 0
    while word not in ("CMD", "ENTRYPOINT", "ENV", "LABEL") and (found := _flag(rest, at)):
        flags.append((found[1], (found[2] or "").replace('"', "")))
        at = found.end()
    return Instruction(word=word, text=rest[at:], line=line, flags=tuple(flags))
