"""Where packages come from: sources.list(5) of apt in both its forms."""

from collections.abc import Iterator
from re import compile as regex
from typing import NamedTuple

from hullmark.checks.lines import lines, whole
from hullmark.model import File

APT_SOURCES = ("etc/apt/sources.list", "etc/apt/sources.list.d/*.list")
APT_DEB822 = ("etc/apt/sources.list.d/*.sources",)

_line = regex(r"deb(?:-src)?\s{1,99}(?:\[([^\]]{0,1000})\]\s{0,99})?(\S{1,1000})")


class AptSource(NamedTuple):
    """One source: its line, its address, and its options by name in lower case."""

    number: int
    uri: str
    options: dict[str, str]


def apt_sources(file: File) -> Iterator[AptSource]:
    """Every source of a file, one per address."""
    if file.path.endswith(".sources"):
        yield from _stanzas(file)
        return
    for number, text in lines(file):
        if found := _line.match(text):
            pairs = (word.partition("=") for word in (found[1] or "").split())
            options = {key.lower(): value.lower() for key, _, value in pairs}
            yield AptSource(number, found[2], options)


def _stanzas(file: File) -> Iterator[AptSource]:
    """Stanzas of ``Key: value``, parted by empty lines."""
    first, fields = 0, dict[str, str]()
    for number, text in enumerate([*whole(file).split("\n"), ""], 1):
        key, colon, value = text.partition(":")
        if text.strip():
            if colon and not text[0].isspace() and not text.startswith("#"):
                first = first or number
                fields[key.strip().lower()] = value.strip()
            continue
        if fields.get("enabled", "yes").lower() != "no":
            options = {name: each.lower() for name, each in fields.items()}
            for uri in fields.get("uris", "").split():
                yield AptSource(first, uri, options)
        first, fields = 0, {}
