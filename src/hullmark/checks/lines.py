"""Lines of configuration: numbered, without comments, within bounds."""

from collections.abc import Iterator
from re import compile as regex
from typing import NamedTuple

from hullmark.model import File, ParseError

MAX_CONFIG_BYTES = 8 * 1024 * 1024
"""The largest lists of hosts that people keep are half as long."""

MAX_SHOWN_CHARS = 60
"""Of a name or a word out of a file."""

_word = regex(r"[^\s=]+")
_colon_word = regex(r"[^\s:]+")


class Line(NamedTuple):
    """A line that says something; ``number`` counts from 1."""

    number: int
    text: str


class Setting(NamedTuple):
    """A key and its value, without quotes; ``section`` is the last line of ``[...]`` before it.

    Keys are in lower case.
    """

    number: int
    section: str
    key: str
    value: str


def whole(file: File) -> str:
    """The text of a file; ``ParseError`` when it is too long for configuration."""
    if file.size > MAX_CONFIG_BYTES:
        why = f"{file.size} bytes are more than the {MAX_CONFIG_BYTES} of a configuration"
        raise ParseError(file.path, why)
    return file.text()


def lines(file: File, comments: tuple[str, ...] = ("#",)) -> Iterator[Line]:
    """Lines that are neither empty nor comments, without the space around them."""
    for number, line in enumerate(whole(file).split("\n"), 1):
        text = line.strip()
        if text and not text.startswith(comments):
            yield Line(number, text)


def joined(file: File, comments: tuple[str, ...] = ("#",)) -> Iterator[Line]:
    """Lines as ``lines`` has them, those that end in a backslash with what follows them."""
    number, parts = 0, list[str]()
    for line in lines(file, comments):
        number = number or line.number
        parts.append(line.text.removesuffix("\\"))
        if not line.text.endswith("\\"):
            yield Line(number, " ".join(parts))
            number, parts = 0, []
    if parts:
        yield Line(number, " ".join(parts))


def settings(
    file: File, comments: tuple[str, ...] = ("#", ";"), *, colon: bool = False
) -> Iterator[Setting]:
    """Keys and values parted by ``=`` or space, or with ``colon`` by ``:`` or space."""
    section = ""
    between, word = (":", _colon_word) if colon else ("=", _word)
    for number, text in lines(file, comments):
        if text.startswith("[") and "]" in text:
            section = text[1 : text.index("]")].strip().lower()
            continue
        found = word.match(text)
        if found is None:
            continue
        value = text[found.end() :].lstrip().removeprefix(between).strip()
        yield Setting(number, section, found[0].lower(), plain(value))


def plain(value: str) -> str:
    """A value without the comment behind it, the semicolon that ends it, and its quotes."""
    value = value.partition(" #")[0].partition("\t#")[0].strip().removesuffix(";").strip()
    if len(value) > 1 and value[0] == value[-1] and value[0] in "\"'":
        return value[1:-1]
    return value


def shown(text: str) -> str:
    """A word out of a file as a message may quote it."""
    return repr(text if len(text) <= MAX_SHOWN_CHARS else text[:MAX_SHOWN_CHARS] + "...")
