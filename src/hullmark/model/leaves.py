"""Where strings stand in JSON and TOML: what a decoder forgets, and an edit needs.

Formats: https://www.rfc-editor.org/rfc/rfc8259, https://toml.io/en/v1.0.0. Texts have one sign
for each byte, and a decoder has accepted them; offsets are of bytes.
"""

from collections.abc import Iterator
from re import ASCII, DOTALL
from re import compile as regex

from msgspec import Struct

from hullmark.model.errors import ParseError
from hullmark.model.file import File
from hullmark.model.mending import text_of

MAX_FILE_BYTES = 1024 * 1024
"""Ours: manifests of the largest projects have some 50 KB."""

MAX_DEPTH = 50
"""Of values inside each other; manifests nest some ten deep."""

MAX_DOTS = 200
"""Between signs that end a key: readers of TOML take a quadratic time for a key of many parts."""

_PARTS = regex(r"[=,\n]").split
_JSON = regex(r'"((?:[^"\\]|\\.)*)"|([{}\[\]:,])|[^\s{}\[\]:,"]+', ASCII | DOTALL).finditer
_BLANK = regex(r"(?:[ \t\r\n]+|#[^\n]*)*").match
_KEY = regex(r"[ \t]*(?:\"((?:[^\"\\\n]|\\.)*)\"|'([^'\n]*)'|([A-Za-z0-9_-]+))[ \t]*(\.)?").match
_STRING = regex(
    r'"""(?P<a>(?:[^\\]|\\.)*?)"""(?!")|\'\'\'(?P<b>.*?)\'\'\'(?!\')'
    r'|"(?P<c>(?:[^"\\\n]|\\.)*)"|\'(?P<d>[^\'\n]*)\'',
    DOTALL,
).match
_SCALAR = regex(r"[^,\[\]{}\n#]+").match

Path = tuple[str, ...]


class Leaf(Struct, frozen=True):
    """A string by its keys; of a list's values all have the key ``[]``. Quotes stand outside."""

    path: Path
    start: int
    end: int
    text: str


class Block(Struct, frozen=True):
    """An object of JSON by its keys, from behind its ``{`` to before its ``}``."""

    path: Path
    start: int
    end: int
    empty: bool


def json_parts(file: File) -> list[Leaf | Block]:
    """Strings that are values, and objects, of a JSON document; without those with escapes."""
    bounded(file)
    file.json(dict[str, object])
    return list(_json(file))


def toml_leaves(file: File) -> list[Leaf]:
    """Strings that are values of a TOML document; without those with escapes."""
    if any(part.count(".") > MAX_DOTS for part in _PARTS(bounded(file))):
        raise ParseError(file.path, f"a key has more than {MAX_DOTS} parts")
    file.toml(dict[str, object])
    return list(_Toml(file).run())


def bounded(file: File) -> str:
    """A file's text, one sign a byte; ``ParseError`` when it is larger than is mended."""
    if file.size > MAX_FILE_BYTES:
        raise ParseError(file.path, f"more than the {MAX_FILE_BYTES} bytes that are mended")
    return text_of(file)


def _json(file: File) -> Iterator[Leaf | Block]:
    opened: list[tuple[str, int, str]] = []
    key, is_key, last = "", False, ""
    for token in _JSON(text_of(file)):
        sign, string = token[2], token[1]
        if sign and sign in "{[":
            if len(opened) >= MAX_DEPTH:
                raise ParseError(file.path, f"values nest more than {MAX_DEPTH} deep")
            opened.append((sign, token.end(), key))
            key, is_key = ("[]", False) if sign == "[" else ("", True)
        elif sign and sign in "}]":
            _, start, key = opened[-1]
            path = tuple(name for _, _, name in opened[1:])
            opened.pop()
            if sign == "}":
                yield Block(path, start, token.start(), last == "{")
        elif sign == ",":
            is_key = opened[-1][0] == "{"
            key = "" if is_key else "[]"
        elif sign == ":":
            is_key = False
        elif string is not None and is_key:
            key = string
        elif string is not None and "\\" not in string and opened:
            path = (*(name for _, _, name in opened[1:]), key)
            yield Leaf(path, token.start(1), token.end(1), string)
        last = token[0]


class _Toml:
    def __init__(self, file: File) -> None:
        self.text = text_of(file)
        self.path = file.path
        self.at = 3 if self.text.startswith("\xef\xbb\xbf") else 0

    def run(self) -> Iterator[Leaf]:
        """All statements."""
        table: Path = ()
        self.blank()
        while self.at < len(self.text):
            if self.text[self.at] == "[":
                double = self.text.startswith("[[", self.at)
                self.at += 1 + double
                table = (*self.keys(), "[]") if double else self.keys()
                self.at += 1 + double
            else:
                yield from self.pair(table, 0)
            self.blank()

    def blank(self) -> None:
        """Past spaces, line breaks and comments."""
        found = _BLANK(self.text, self.at)
        self.at = found.end() if found else self.at

    def keys(self) -> Path:
        """A dotted key."""
        names = []
        while found := _KEY(self.text, self.at):
            self.at = found.end()
            names.append(next(name for name in found.groups()[:3] if name is not None))
            if not found[4]:
                return tuple(names)
        raise ParseError(self.path, f"no key that is understood at byte {self.at}")

    def pair(self, table: Path, depth: int) -> Iterator[Leaf]:
        """A key and its value."""
        path = (*table, *self.keys())
        self.at += 1
        yield from self.value(path, depth)

    def value(self, path: Path, depth: int) -> Iterator[Leaf]:
        """Whatever stands behind ``=`` or in a list."""
        if depth > MAX_DEPTH:
            raise ParseError(self.path, f"values nest more than {MAX_DEPTH} deep")
        self.blank()
        sign = self.text[self.at : self.at + 1]
        if found := _STRING(self.text, self.at):
            self.at = found.end()
            name = str(found.lastgroup)
            if "\\" not in found[name]:
                yield Leaf(path, found.start(name), found.end(name), found[name])
        elif sign in ("[", "{"):
            self.at += 1
            yield from self.inside(path, sign, depth + 1)
        elif found := _SCALAR(self.text, self.at):
            self.at = found.end()
        else:
            raise ParseError(self.path, f"no value that is understood at byte {self.at}")

    def inside(self, path: Path, sign: str, depth: int) -> Iterator[Leaf]:
        """The values of a list or an inline table, to its end."""
        end = "]" if sign == "[" else "}"
        self.blank()
        while self.text[self.at : self.at + 1] not in (end, ""):
            if sign == "[":
                yield from self.value((*path, "[]"), depth)
            else:
                yield from self.pair(path, depth)
            self.blank()
            if self.text[self.at : self.at + 1] == ",":
                self.at += 1
                self.blank()
        self.at += 1
