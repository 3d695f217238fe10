"""requirements.txt as uv or pip-compile made it: how to make it anew without running its project.

Formats: https://docs.astral.sh/uv/pip/compile/,
https://pip-tools.readthedocs.io/en/stable/cli/pip-compile/
"""

import shlex
from collections.abc import Callable, Iterator, Sequence
from posixpath import dirname, join, normpath
from re import ASCII, MULTILINE
from re import compile as regex

from msgspec import Struct

from hullmark.model import ParseError

MAX_HEAD_CHARS = 4000
"""Of a file, in which the command stands: both tools write some five lines before all else."""

MAX_SOURCES = 50
"""Files that one is made from, with those that they name in turn."""

_FLAGS = frozenset(
    (
        "--all-extras",
        "--allow-unsafe",
        "--emit-index-url",
        "--generate-hashes",
        "--no-allow-unsafe",
        "--no-annotate",
        "--no-emit-index-url",
        "--no-emit-options",
        "--no-emit-trusted-host",
        "--no-header",
        "--no-strip-extras",
        "--no-strip-markers",
        "--strip-extras",
        "--universal",
    )
)
_VALUED = frozenset(
    ("--annotation-style", "--extra", "--python-platform", "--python-version", "--resolver")
)
_OUTPUT = ("-o", "--output-file")
_SAFE: dict[str, tuple[str, ...]] = {
    "uv": ("--no-build", "--no-config", "--no-python-downloads", "--quiet"),
    "pip-compile": ("--pip-args=--only-binary=:all:", "--no-config", "--quiet"),
}
"""Packages that have no wheel are refused: to know what they ask for is to run them."""

ADDED = b"--only-binary :all:\n"
"""What pip-compile writes into the file because of that, and nobody asked for."""

_SAID = regex(r"^#[ \t]+((uv pip compile|pip-compile)(?:[ \t][^\r\n]*)?)\r?$", ASCII | MULTILINE)
_FILE = regex(r"[A-Za-z0-9_][A-Za-z0-9_./-]*\Z", ASCII).match
_LEADS = regex(r"(?:-[rc][ \t]*|--(?:requirement|constraint)[ \t=][ \t]*)(.*)\Z", ASCII).match
_INDEX = regex(r"(?:-i|--index-url|--extra-index-url)[ \t=][^ \t$]+\Z", ASCII).match
_PLAIN = regex(
    r"(?P<name>[A-Za-z0-9][A-Za-z0-9._-]*)[ \t]*(?:\[[A-Za-z0-9,._ \t-]*\])?[ \t]*"
    r"[0-9A-Za-z.,<>=!~*+() \t_-]*(?:;[^\\@$]*)?\Z",
    ASCII,
).match
_ARCHIVES = (".whl", ".zip", ".tar", ".gz", ".tgz", ".bz2", ".tbz", ".xz", ".txz", ".lzma", ".tlz")


class Recipe(Struct, frozen=True, kw_only=True):
    """How a file was made: by which tool, in which folder, from which sources of that folder."""

    tool: str
    folder: str
    target: str
    sources: tuple[str, ...]
    flags: tuple[str, ...]
    said: str

    def command(self, pins: Sequence[str]) -> tuple[str, ...]:
        """The same again, with these packages at these versions."""
        start = ("uv", "pip", "compile") if self.tool == "uv" else ("pip-compile",)
        upgrades = [f"--upgrade-package={pin}" for pin in pins]
        return (
            *start,
            *self.flags,
            *_SAFE[self.tool],
            *upgrades,
            f"--output-file={self.target}",
            *self.sources,
        )


def recipe(path: str, text: str) -> Recipe | None:
    """How a file was made by its head; ``ParseError`` for a command that is not repeated."""
    match = _SAID.search(text[:MAX_HEAD_CHARS])
    if match is None:
        return None
    tool = match[2].partition(" ")[0]
    target, sources, flags = _given(path, match[1][len(match[2]) :])
    if not sources and tool == "pip-compile":
        sources = ["requirements.in"]
    if not sources:
        raise ParseError(path, "its command names no source")
    if not target:
        of_source = f"{sources[0].removesuffix('.in')}.txt"
        target = of_source if tool == "pip-compile" else path.rpartition("/")[2]
    if not _FILE(target) or not f"/{path}".endswith(f"/{target}"):
        raise ParseError(path, f"its command writes another file, {target[:80]!r}")
    return Recipe(
        tool=tool,
        folder=path[: len(path) - len(target)].rstrip("/"),
        target=target,
        sources=tuple(sources),
        flags=tuple(flags),
        said=match[1].strip(),
    )


def _given(path: str, arguments: str) -> tuple[str, list[str], list[str]]:
    """The target, empty for none, the sources and the flags that a command was called with."""
    try:
        words = shlex.split(arguments)
    except ValueError as error:
        raise ParseError(path, f"its command is not understood: {error}") from error
    target, sources, flags = "", [], []
    given = iter([part for word in words for part in _parts(word)])
    for word in given:
        if word in _OUTPUT:
            target = next(given, "")
        elif word in _VALUED:
            flags.append(f"{word}={next(given, '')}")
        elif word in _FLAGS:
            flags.append(word)
        elif _FILE(word) and word.endswith(".in") and ".." not in word:
            sources.append(word)
        else:
            raise ParseError(path, f"it was made with {word[:80]!r}, which is not repeated")
    return target, sources, flags


def checked(recipe: Recipe, read: Callable[[str], str]) -> None:
    """``ParseError`` where a source asks for more than names and versions.

    An address, a folder or an option could have a program of the project run. ``read`` answers
    the text of a file, one sign a byte, and raises ``ParseError`` where there is none.
    """
    todo = [normpath(join(recipe.folder, source)) for source in recipe.sources]
    for at in todo:
        if len(todo) > MAX_SOURCES:
            raise ParseError(at, f"one of more than {MAX_SOURCES} files")
        for lead in _asked(at, read(at)):
            there = normpath(join(dirname(at), lead))
            if there.startswith(("../", "/")):
                raise ParseError(at, f"leads to {lead[:80]!r}, which lies outside")
            if there not in todo:
                todo.append(there)


def _asked(path: str, text: str) -> Iterator[str]:
    """Files that a source names; ``ParseError`` for what is no name with versions."""
    lines = text.splitlines()
    if not text.isascii() or any("coding" in line for line in lines[:2]):
        raise ParseError(path, "is not plain ASCII")
    for number, raw in enumerate(lines, 1):
        line = "" if raw.lstrip(" \t").startswith("#") else raw.partition(" #")[0].strip(" \t")
        lead = _LEADS(line)
        if lead and _FILE(lead[1]):
            yield lead[1]
        elif line and not _INDEX(line) and not _is_plain(line):
            why = f"line {number} is no name with versions, and could have a program run"
            raise ParseError(path, why)


def _is_plain(line: str) -> bool:
    match = _PLAIN(line)
    return (
        match is not None
        and line.replace("\t", " ").isprintable()
        and " -" not in line.replace("\t", " ")
        and not match["name"].lower().endswith(_ARCHIVES)
    )


def _parts(word: str) -> Sequence[str]:
    """``--name=value`` as two words."""
    name, sign, value = word.partition("=")
    return (name, value) if sign and word.startswith("--") else (word,)
