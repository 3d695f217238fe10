"""go.mod: the modules that a Go module asks for, and the toolchain that builds it.

Format: https://go.dev/ref/mod#go-mod-file, https://go.dev/doc/toolchain#name
"""

from collections.abc import Iterator, Sequence
from re import ASCII, Match
from re import compile as regex

from hullmark.menders import mender
from hullmark.model import File
from hullmark.model.leaves import bounded
from hullmark.model.mending import Before, Edit, Left, Wanted

_WORDS = regex(r"[()]|[^ \t\r\n\"`()]+", ASCII).finditer
_RELEASE = regex(r"go[0-9]+(?:\.[0-9]+)*", ASCII).match
_PLAIN = regex(r"[0-9]+(?:\.[0-9]+)+\Z", ASCII).match
_MAJOR = regex(r"(?:/v|\.v)([0-9]+)(?:-unstable)?\Z", ASCII).search


@mender(
    id="go-mod",
    types=("golang",),
    names=("go.mod",),
    example=File(
        path="go.mod",
        content=b"""\
module example.org/grove

go 1.21
toolchain go1.22.1

require example.org/oak v1.0.0
require (
	example.org/leaf/v2 v2.3.0 // indirect
	example.org/twig v3.1.0+incompatible
)
replace example.org/root => example.org/fork/root v1.0.1 // ours
""",
    ),
    wanted=(
        Wanted(type="golang", name="stdlib", version="1.22.1", to="1.22.5"),
        Wanted(type="golang", name="example.org/oak", version="v1.0.0", to="1.0.2"),
        Wanted(type="golang", name="example.org/leaf/v2", version="v2.3.0", to="2.4.0"),
        Wanted(type="golang", name="example.org/twig", version="v3.1.0+incompatible", to="3.2.0"),
        Wanted(type="golang", name="example.org/fork/root", version="v1.0.1", to="1.0.3"),
    ),
    expect=b"""\
module example.org/grove

go 1.21
toolchain go1.22.5

require example.org/oak v1.0.2
require (
	example.org/leaf/v2 v2.4.0 // indirect
	example.org/twig v3.2.0+incompatible
)
replace example.org/root => example.org/fork/root v1.0.3 // ours
""",
)
def go_mod(file: File, wanted: Wanted, _: Before) -> Iterator[Edit | Left]:
    """Bring a required module to another version, indirect ones too, or what replaces it.

    For the standard library the ``toolchain`` line is brought to another release. A version of
    another major is another module, and left.
    """
    for at, verb, words in _lines(bounded(file)):
        if verb == "toolchain" and wanted.name == "stdlib" and words:
            yield _toolchain(at, words[0], wanted)
        named = words if verb == "require" else _replacement(words) if verb == "replace" else []
        if named[1:] and named[0][0] == wanted.name:
            yield _module(at, named[1], wanted)


def _replacement(words: Sequence[Match[str]]) -> Sequence[Match[str]]:
    """What stands behind the arrow."""
    texts = [word[0] for word in words]
    return words[texts.index("=>") + 1 :] if "=>" in texts else []


def _module(at: int, word: Match[str], wanted: Wanted) -> Edit | Left:
    old, to = word[0], wanted.to.removeprefix("v")
    if old != wanted.version:
        return Left(f"it asks for another version, {old}")
    major = _MAJOR(wanted.name)
    incompatible = old.endswith("+incompatible")
    first = to.partition(".")[0]
    fits = (
        first in ("0", "1") if not major else first == major[1] or {first, major[1]} <= {"0", "1"}
    )
    if not fits and not incompatible:
        return Left(f"v{to} is another module by its path")
    tail = "+incompatible" if incompatible and not to.endswith("+incompatible") else ""
    return Edit(at + word.start(), at + word.end(), f"v{to}{tail}")


def _toolchain(at: int, word: Match[str], wanted: Wanted) -> Edit | Left:
    release = _RELEASE(word[0])
    if not release or release[0] != f"go{wanted.version.removeprefix('go')}":
        return Left(f"its toolchain is {word[0]}")
    if not _PLAIN(wanted.to):
        return Left(f"{wanted.to} is no release of a toolchain")
    return Edit(at + word.start(), at + word.start() + release.end(), f"go{wanted.to}")


def _lines(text: str) -> Iterator[tuple[int, str, Sequence[Match[str]]]]:
    """Each line with its offset, its verb and its other words; blocks give their verb to lines."""
    at, block = 0, ""
    for line in text.split("\n"):
        words = list(_WORDS(line.partition("//")[0]))
        texts = [word[0] for word in words]
        if texts == [")"]:
            block = ""
        elif texts[1:] == ["("]:
            block = texts[0]
        elif block and words:
            yield at, block, words
        elif words:
            yield at, texts[0], words[1:]
        at += len(line) + 1
