"""Literal terms of Erlang and Elixir, as their build tools write them to files.

Format: https://www.erlang.org/doc/system/data_types.html, https://hexdocs.pm/elixir/syntax-reference.html
"""

from re import DOTALL, VERBOSE, Match
from typing import TypeAlias

from hullmark.model.errors import ParseError
from hullmark.model.file import File
from hullmark.model.later import regex

Term: TypeAlias = "str | tuple[Term, ...] | list[Term]"
"""Texts, atoms and numbers are text; lists and maps are lists, the pairs of a map tuples."""

MAX_TERMS_BYTES = 1024 * 1024
"""Ten times the longest seen; reading as much takes some seconds."""

MAX_DEPTH = 100
_CLOSING = {"{": "}", "[": "]", "<<": ">>", "%{": "}", "#{": "}"}
_tokens = regex(
    r"""(?P<skip>\s+|[%\#](?!\{)[^\n]*|\.(?!\S))
    |:?"(?P<text>(?:[^"\\]++|\\.)*+)"(?P<key>:(?!:))?
    |:?'(?P<atom>(?:[^'\\]++|\\.)*+)'
    |(?P<open>[%\#]?\{|\[|<<)
    |(?P<close>[}\]]|>>)
    |(?P<arrow>=>)
    |(?P<comma>,)
    |:?(?P<word>[^\s"'%\#{}\[\],<>=:]++)(?P<word_key>:(?=\s))?
    |(?P<odd>.)""",
    DOTALL | VERBOSE,
).finditer
_unescape = regex(r"\\(.)", DOTALL).sub


class _Group:
    """Parts of a term that is not yet whole; ``key`` waits for its value."""

    def __init__(self, start: str) -> None:
        self.start = start
        self.items: list[Term] = []
        self.key: Term | None = None
        self.ended = True

    def add(self, term: Term) -> None:
        """Take the next part; a text right after another only continues it and is left out."""
        if self.key is not None:
            term, self.key = (self.key, term), None
        if self.ended or not isinstance(term, str):
            self.items.append(term)
        self.ended = False

    def whole(self) -> Term:
        """The term that the parts make."""
        if self.start == "<<":
            return self.items[0] if len(self.items) == 1 else ""
        return tuple(self.items) if self.start == "{" else self.items


def read(file: File) -> list[Term]:
    """All terms of a file; ``ParseError`` where they break their grammar or our bounds."""
    if file.size > MAX_TERMS_BYTES:
        raise ParseError(file.path, f"more than the {MAX_TERMS_BYTES} bytes of terms that are read")
    stack = [_Group("")]
    for token in _tokens(file.text()):
        if token.lastgroup != "skip" and not _take(token, stack):
            why = f"no term of Erlang or Elixir: {token[0][:80]!r} is out of place"
            raise ParseError(file.path, why)
    if len(stack) > 1:
        raise ParseError(file.path, "a term has no end")
    return stack[0].items


def _take(token: Match[str], stack: list[_Group]) -> bool:
    """Build on with one token; false where it must not stand."""
    group, kind = stack[-1], token.lastgroup or ""
    match kind:
        case "comma":
            group.ended = True
        case "text" | "atom" | "word":
            group.add(_unescape(r"\1", token[kind]))
        case "key" | "word_key":
            group.key = token["text"] or token["word"]
        case "arrow" if group.items and group.key is None:
            group.key = group.items.pop()
            group.ended = True
        case "open" if len(stack) <= MAX_DEPTH:
            stack.append(_Group(token["open"]))
        case "close" if token["close"] == _CLOSING.get(group.start):
            stack.pop()
            stack[-1].add(group.whole())
        case _:
            return False
    return True


def fields(term: Term) -> dict[str, Term]:
    """The named values of a list of pairs; other terms have none."""
    pairs = (pair for pair in term if isinstance(pair, tuple) and len(pair) == 2)  # noqa: PLR2004
    return {key: value for key, value in pairs if isinstance(key, str)}


def text(term: object) -> str:
    """A term that is text; empty for another."""
    return term if isinstance(term, str) else ""
