"""Module and workspace files of Go: lines of words, some of them in blocks.

Format: https://go.dev/ref/mod#go-mod-file, https://go.dev/ref/mod#go-work-file
"""

from collections.abc import Iterator, Mapping, Sequence
from re import compile as regex

from hullmark.model.errors import ParseError
from hullmark.model.facts import Package
from hullmark.model.file import File

INDIRECT = "// indirect"
"""Stands for this comment among the words of a line that requires."""

Module = tuple[str, str]
"""Path and version; the version may be empty."""

_INDIRECT = regex(r"\s*indirect\s*(?:;|\Z)").match
_LOCAL = regex(r"\.{0,2}[/\\]|\.{1,2}\Z|[A-Za-z]:[/\\]").match
_WORDS = regex(r'"[^"]*"|`[^`]*`|[()]|[^\s"`()]+').findall


def lines_of(file: File) -> dict[str, list[list[str]]]:
    """The words of all lines that have the same verb; a block gives its verb to each line."""
    lines: dict[str, list[list[str]]] = {}
    block = ""
    for line in file.text().splitlines():
        code, _, comment = line.partition("//")
        words = [word.strip('"`') for word in _WORDS(code)]
        if words and "require" in (block, words[0]) and _INDIRECT(comment):
            words.append(INDIRECT)
        if block and words == [")"]:
            block = ""
        elif block and words:
            lines.setdefault(block, []).append(words)
        elif words[1:] == ["("]:
            block = words[0]
        elif words and words[1:] != ["(", ")"]:
            lines.setdefault(words[0], []).append(words[1:])
    if block:
        raise ParseError(file.path, f"the block of {block!r} has no end")
    return lines


def replacements(lines: Mapping[str, Sequence[list[str]]]) -> dict[Module, Module]:
    """Which module, in one version or any, gives way to which; a folder has no version."""
    return dict(_replacement(words) for words in lines.get("replace", ()) if "=>" in words[1:-1])


def unreplaced(lines: Mapping[str, Sequence[list[str]]]) -> list[list[str]]:
    """Lines that replace nothing, or by nothing."""
    return [words for words in lines.get("replace", ()) if "=>" not in words[1:-1]]


def is_folder(module: str) -> bool:
    """Whether a replacement is a folder, not a module."""
    return _LOCAL(module) is not None


def toolchain(path: str, lines: Mapping[str, Sequence[list[str]]]) -> Iterator[Package]:
    """The standard library of the release that is named; the ``go`` line only names the oldest."""
    for words in lines.get("toolchain", ()):
        release = "".join(words).removeprefix("go").partition("-")[0]
        if release not in ("", "default"):
            yield package(path, "stdlib", release)


def package(path: str, module: str, version: str, direct: bool | None = None) -> Package:  # noqa: FBT001 - one of four facts
    """A module as a package; its namespace is all of its path but the last part."""
    namespace, _, name = module.rpartition("/")
    return Package(
        type="golang",
        namespace=namespace,
        name=name,
        version=version,
        path=path,
        declared=True,
        direct=direct,
    )


def _replacement(words: list[str]) -> tuple[tuple[str, str], tuple[str, str]]:
    """Which module, in which version or any, gives way to which."""
    at = words.index("=>", 1)
    old, new = [*words[:at], "", ""], [*words[at + 1 :], "", ""]
    return (old[0], old[1]), (new[0], new[1])
