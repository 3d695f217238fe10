"""opam's files: named values of texts, words, lists and, in braces, conditions.

Format: https://opam.ocaml.org/doc/Manual.html#File-format
"""

from collections.abc import Iterator, Sequence
from re import DOTALL, VERBOSE

from hullmark.model.errors import ParseError
from hullmark.model.file import File
from hullmark.model.later import regex

MAX_OPAM_BYTES = 1024 * 1024
"""Ten times the longest seen; reading as much takes some seconds."""

_tokens = regex(
    r'''\s+|\#[^\n]*|\(\*(?:[^*]++|\*(?!\)))*+\*\)|(?P<endless>\(\*)
    |(?P<token>"""(?:[^"\\]++|\\.|"(?!""))*+"""|"(?:[^"\\]++|\\.)*+"|[][(){}]|[^\s"\#\[\](){}]++)
    |(?P<odd>.)''',
    DOTALL | VERBOSE,
).finditer
_unescape = regex(r"\\(.)", DOTALL).sub
_OPENING, _CLOSING = frozenset("[({"), frozenset("])}")


def values(file: File) -> dict[str, list[str]]:
    """The tokens of each named value; texts keep their opening quote, sections are left out."""
    if file.size > MAX_OPAM_BYTES:
        raise ParseError(file.path, f"more than the {MAX_OPAM_BYTES} bytes that are read")
    found: dict[str, list[str]] = {}
    value: list[str] = []
    depth = 0
    for match in _tokens(file.text()):
        token = match["token"]
        if match["odd"] or match["endless"]:
            raise ParseError(file.path, f"{match[0]!r} is out of place")
        if token is None:
            continue
        if not depth and token.endswith(":") and token[0] != '"':
            value = found[token[:-1]] = []
            continue
        if not depth and value and token[0] not in '"{[(':
            value = []  # a section begins, which is no value
        depth += (token in _OPENING) - (token in _CLOSING)
        value.append(_text(token) if token[0] == '"' else token)
    if depth:
        raise ParseError(file.path, "a list, a condition or a section has no end")
    return found


def texts(tokens: Sequence[str]) -> Iterator[tuple[str, list[str]]]:
    """Each text of a value with the tokens of the condition that follows it."""
    text, condition, depth = "", list[str](), 0
    for part in tokens:
        depth += (part == "{") - (part == "}")
        if depth and part != "{":
            condition.append(part)
        elif part[0] == '"':
            if text:
                yield text, condition
            text, condition = part[1:], []
    if text:
        yield text, condition


def _text(token: str) -> str:
    """A text behind one quote, without its other quotes and escapes."""
    quotes = 3 if token.startswith('"""') and len(token) >= 6 else 1  # noqa: PLR2004
    return '"' + _unescape(r"\1", token[quotes:-quotes])
