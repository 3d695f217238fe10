"""Commands that unpack archives, and which files are certain to come from one.

References: https://www.gnu.org/software/tar/manual/html_section/Short-Option-Summary.html and
https://infozip.sourceforge.net/
"""

from collections.abc import Iterator, Sequence
from itertools import islice

from msgspec import Struct

from hullmark.checks.interpreted import without_redirections
from hullmark.checks.shell_words import Command

_TARS = ("tar", "bsdtar", "gtar")
_WITH_WORDS = "fCTXIKNVLbgHF"
"""Letters of tar that take a word."""

_LONG = {"--file": "f", "--directory": "C", "--cd": "C"}
_LONG_WITH_WORDS = ("--exclude", "--exclude-from", "--files-from", "--use-compress-program")
_STRIP = ("--strip-components", "--strip", "--strip-path")
_ENDINGS = (".gz", ".xz", ".bz2", ".zst", ".tar", ".tgz", ".txz", ".tbz", ".tbz2", ".zip")
_USUAL = frozenset(
    (
        *("bin", "lib", "src", "etc", "usr", "opt", "app", "var", "sbin", "build", "scripts"),
        *("script", "tools", "test", "tests", "docs", "dist", "data", "install", "ci"),
        *("source", "sources", "docker", "config", "deploy", "vendor", "packages", "pkg", "cmd"),
        *("model", "models", "assets", "static", "public", "dataset", "datasets", "examples"),
        *("frontend", "backend", "server", "client", "web", "api", "plugins", "resources"),
    )
)
"""Folders that stand in any source tree, whatever an archive is named."""

_SHARED = frozenset(
    (
        *("/usr/local", "/usr/lib", "/usr/share", "/usr/local/lib", "/usr/local/share", "/var/lib"),
        *("$HOME", "", "."),
    )
)
"""Folders that hold what many bring, whoever makes them; those at the root do, too."""

MAX_NAME_CHARS = 255
"""Of an archive's name: Linux knows no longer one."""

MAX_MEMBERS = 16
"""That a command names, ours; those after them are not known."""

MIN_CHARS = 3
"""Of a folder that a part of the archive's name is."""


class Unpacking(Struct, frozen=True, kw_only=True):
    """What a command unpacks: an archive, or what it reads where that is empty.

    ``members`` are those that it names, all where there are none, and ``stripped`` the number of
    folders that are taken off their paths.
    """

    archive: str = ""
    folder: str = ""
    members: tuple[str, ...] = ()
    stripped: int = 0


class Unpacked(Struct, frozen=True, kw_only=True):
    """What an archive left in a folder. ``alone`` says that nothing else was there before."""

    folder: str
    names: tuple[str, ...]
    members: tuple[str, ...]
    says: str
    alone: bool

    def holds(self, path: str) -> bool:
        """Whether a file evidently came from this archive."""
        if self.folder and not path.startswith(f"{self.folder}/"):
            return False
        rest = path[len(self.folder) + 1 :] if self.folder else path
        if rest[:1] in ("/", "$") or rest.startswith(".."):
            return False
        if self.members:
            return any(rest == each or rest.startswith(f"{each}/") for each in self.members)
        first, inside, _ = rest.partition("/")
        return self.alone or any(_fits(first, each, inside=bool(inside)) for each in self.names)


def unpacking(command: Command) -> Unpacking | None:
    """What a command unpacks into files; ``None`` where it unpacks none."""
    read: list[str] = []
    if command.program in _TARS:
        return _of_tar([*without_redirections(command.words, read)], read)
    if command.program == "unzip":
        return _of_unzip([*without_redirections(command.words, read)])
    return None


def is_shared(folder: str) -> bool:
    """Whether a folder is one that holds what many bring."""
    above, slash, last = folder.rpartition("/")
    return folder in _SHARED or last in ("bin", "sbin") or bool(slash and not above)


def _of_tar(words: Sequence[str], read: Sequence[str]) -> Unpacking | None:
    said = {"f": read[-1] if read else "", "C": "", "x": "", "strip": ""}
    members: list[str] = []
    for name, value in _options(words):
        if name in said:
            said[name] = value
        elif name == "O":
            return None
        elif not name:
            members.append(value)
    if not said["x"]:
        return None
    stripped = int(said["strip"][:2]) if said["strip"].isdecimal() else 0
    return _unpacking("" if said["f"] == "-" else said["f"], said["C"], members, stripped)


def _options(words: Sequence[str]) -> Iterator[tuple[str, str]]:
    """Options of tar by letter, with their words; what is none has no name."""
    left = iter(words)
    for at, word in enumerate(left):
        name, equals, value = word.partition("=")
        if name in _STRIP:
            yield "strip", value if equals else next(left, "")
        elif name in _LONG:
            yield _LONG[name], value if equals else next(left, "")
        elif name in _LONG_WITH_WORDS:
            _ = equals or next(left, "")
        elif word[:2] == "--":
            found = {"--extract": "x", "--get": "x", "--to-stdout": "O"}.get(word)
            if found:
                yield found, found
        elif word[:1] == "-" or not at:
            yield from _letters(word, left)
        else:
            yield "", word


def _letters(word: str, left: Iterator[str]) -> Iterator[tuple[str, str]]:
    """Letters that stand together; without a dash all their words follow."""
    letters = word.removeprefix("-")
    for at, letter in enumerate(letters, 1):
        if letter not in _WITH_WORDS:
            yield letter, letter
        elif letters is word:
            yield letter, next(left, "")
        else:
            yield letter, letters[at:] or next(left, "")
            return


def _of_unzip(words: Sequence[str]) -> Unpacking | None:
    folder = ""
    named: list[str] = []
    left = iter(words)
    for word in left:
        if word == "-x":
            break
        if word[:2] == "-d":
            folder = word[2:] or next(left, "")
        elif word[:1] != "-":
            named.append(word)
        elif any(letter in word for letter in "pclvtzZ"):
            return None
    return _unpacking(named[0], folder, named[1:], 0) if named else None


def _unpacking(archive: str, folder: str, members: Sequence[str], stripped: int) -> Unpacking:
    if any(sign in each for each in members for sign in "*?["):
        members = ()
    kept = ("/".join(each.removeprefix("./").split("/")[stripped:]) for each in members)
    return Unpacking(
        archive=archive,
        folder=folder,
        members=tuple(islice((each.rstrip("/") for each in kept if each), MAX_MEMBERS)),
        stripped=stripped,
    )


def _fits(first: str, archive: str, *, inside: bool) -> bool:
    """Whether a folder, or a file, is named as the archive is: ``aws`` of ``awscliv2.zip``."""
    name = archive[:MAX_NAME_CHARS].lower()
    while name.endswith(_ENDINGS):
        name = name.rpartition(".")[0]
    first = first.lower()
    if first in _USUAL or name in _USUAL:
        return False
    if first == name:
        return True
    if min(len(first), len(name)) < MIN_CHARS:
        return False
    if f"-{first}-" in f"-{name.replace('_', '-')}-":
        return True
    return inside and (name.startswith(first) or first.startswith((f"{name}-", f"{name}_")))
