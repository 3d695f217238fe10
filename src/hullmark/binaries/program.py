"""What is known of one program, and how its version is found in its bytes."""

from functools import lru_cache
from re import Pattern, escape
from re import compile as regex

from msgspec import Struct

SHAPES = {
    # numbers, and what a release before or after the final one adds
    "{}": rb"[0-9]{1,8}(?:\.[0-9]{1,8}){1,3}"
    rb"(?:[-.~]?(?:alpha|beta|rc|dev|pre|p|P)[-.]?[0-9]{0,8})?[a-z]?(?![0-9A-Za-z])",
    # three numbers, where other text follows without a gap
    "{x.y.z}": rb"[0-9]{1,8}\.[0-9]{1,8}\.[0-9]{1,8}",
    # all that stands before the zero byte
    "{text}": rb"[0-9]{1,4}[.+][0-9A-Za-z.+_-]{1,60}",
    # one number, or more
    "{n}": rb"[0-9]{1,8}(?:\.[0-9]{1,8}){0,3}(?![0-9A-Za-z])",
    # OpenSSH's, in which p means portable
    "{x.ypz}": rb"[0-9]{1,3}\.[0-9]{1,3}p[0-9]{1,3}",
    # musl's and SQLite's, which have nothing beside them
    "{1.x.y}": rb"1\.[0-9]{1,3}\.[0-9]{1,3}",
    "{3.x.y}": rb"3\.[0-9]{1,3}\.[0-9]{1,3}(?:\.[0-9]{1,3})?",
    # Chromium's, unlike addresses, V8's, and the first build of a branch, to which it compares
    "{n.0.n.n}": rb"[0-9]{2,3}\.0\.[0-9]{4,5}\.[1-9][0-9]{0,2}",
    # begins with the number in the file's name
    "{series}": rb"SERIES\.[0-9]{1,8}(?:(?:a|b|rc)[0-9]{1,3})?\+?",
}

_LEADS = {"{1.x.y}": b"1.", "{3.x.y}": b"3."}
"""What a shape begins with, to be looked for with the text before it."""
_HEARTS = {"{n.0.n.n}": (b".0.", 3)}
"""What stands within a shape, after at most so many bytes: to be looked for where the texts
on both sides are short. Chromium's version stands alone, between texts in no order."""

MAX_VERSION_BYTES = 80
"""Longer than any of the shapes can be."""
MIN_LITERAL_BYTES = 4
"""A shorter one stands in too many places."""


class Program(Struct, frozen=True, kw_only=True, gc=False):
    r"""One program or library.

    ``files`` are the names that it goes by. One that ends in ``*`` stands for all names with
    the same text before their first digit (``python*``: ``python3.11``) or, where it ends in
    ``-*``, before their first hyphen.

    ``marks`` are the texts that hold the version, tried in order: a shape in braces stands for
    the version, all else for itself; ``\0`` is the byte that ends a text in C. At least four
    bytes stand together on one side of the version, or the version is a ``{series}`` or a
    ``{n.0.n.n}``.

    ``cpe`` is vendor and product of its CPE. ``seen`` lists packages with a real binary in
    which the marks were found to tell the very version of the package (``deb:bash``); without
    any, they come from the program's documentation or source.
    """

    name: str
    files: tuple[str, ...]
    marks: tuple[str, ...]
    type: str = "generic"
    namespace: str = ""
    cpe: str = ""
    licence: str = ""
    seen: tuple[str, ...] = ()


class Mark(Struct, frozen=True, gc=False):
    """A mark made ready: a literal to look for, and the expression that must hold there.

    ``back`` is how many bytes before the literal the expression may begin, ``span`` how many it
    may take.
    """

    literal: bytes
    expression: Pattern[bytes]
    back: int
    span: int


@lru_cache(maxsize=256)
def ready(mark: str, series: str) -> Mark:
    """Compile a mark for a file whose name holds the number ``series``."""
    start, end = mark.index("{"), mark.index("}") + 1
    before, shape, after = mark[:start].encode(), mark[start:end], mark[end:].encode()
    version = SHAPES[shape].replace(b"SERIES", escape(series.encode()))
    expression = regex(escape(before) + rb"(?<![0-9.])(" + version + rb")" + escape(after))
    span = len(before) + MAX_VERSION_BYTES + len(after)
    before += f"{series}.".encode() if shape == "{series}" else _LEADS.get(shape, b"")
    if shape in _HEARTS and max(len(before), len(after)) < MIN_LITERAL_BYTES:
        heart, reach = _HEARTS[shape]
        return Mark(heart, expression, len(before) + reach, span)
    if len(before) >= len(after):
        return Mark(before, expression, 0, span)
    return Mark(after, expression, span - len(after), span)
