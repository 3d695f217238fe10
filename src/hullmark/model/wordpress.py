"""The comment with which each plugin and theme of WordPress begins.

Format: https://developer.wordpress.org/plugins/plugin-basics/header-requirements/
"""

from re import IGNORECASE, MULTILINE

from hullmark.model.later import regex

HEADER_BYTES = 8 * 1024
"""As many as WordPress itself looks at."""

_FIELD = regex(
    rb"^(?:[ \t]*<\?php)?[ \t/*#@]*(plugin name|theme name|version|license):(.{0,500})",
    IGNORECASE | MULTILINE,
).findall


def header(start: bytes) -> dict[str, str]:
    """The fields wanted of those there are, by lower-case name; the first of a name counts."""
    found: dict[str, str] = {}
    for name, value in _FIELD(start[:HEADER_BYTES].replace(b"\r", b"\n")):
        text = value.partition(b"*/")[0].partition(b"?>")[0].decode(errors="replace").strip()
        found.setdefault(name.decode().lower(), text)
    return found
