"""Downloads that a script writes to a file, or keeps in a variable, and runs unchecked later.

What is checked in between, by whatever digest or signature, is not told: a check that names no
file counts for all that was downloaded before it.
"""

from collections.abc import Iterable, Iterator
from posixpath import join, normpath

from hullmark.checks.checking_commands import checks_files
from hullmark.checks.downloads import downloads, executed, interpreter, runs_input
from hullmark.checks.fetched_files import fetched, redirected
from hullmark.checks.image_facts import SHELLS, short
from hullmark.checks.interpreted import interpreted
from hullmark.checks.shell import Command, is_option
from hullmark.model.later import regex

MAX_PATH_CHARS = 4096
"""Of a folder: Linux knows no longer one."""

_BINARIES = ("/usr/local/bin", "/usr/bin", "/bin", "/usr/local/sbin", "/usr/sbin", "/sbin")
_PACKED = (".gz", ".xz", ".bz2", ".zst")
_UNPACKERS = frozenset(("gunzip", "gzip", "unxz", "xz", "bunzip2", "bzip2", "unzstd", "zstd"))
_MOVERS = ("mv", "cp", "install", "ln")
_SAYERS = ("echo", "printf")

_braced = regex(r"\$\{(\w+)\}").sub
_here = regex(r"(?:\$PWD|\$\(pwd\)|`pwd`)/").match
_variable = regex(r"\$\w+\Z").match
_kept = regex(r"(\w+)=(?:\$\(|`)\s*(?:sudo\s+)?(?:[\w.-]*+/)*+(curl|wget)\s").match


class Downloads:
    """What the commands of one script that were seen so far have downloaded and not checked."""

    def __init__(self) -> None:
        self._by: dict[str, str] = {}
        self._folder = self._before = ""
        self._piped = self._fetching = ""
        self._inner: set[int] = set()

    def _enter(self, folder: str) -> None:
        self._folder, self._before = self._path(folder)[:MAX_PATH_CHARS], self._folder

    def _add(self, file: str, by: str) -> None:
        self._by[self._path(file)] = by

    def executed(self, commands: Iterable[Command]) -> Iterator[str]:
        """What is downloaded into what runs it, at once or later, by the next commands."""
        listed = tuple(commands)
        yield from executed(listed)
        # those of inner scripts stand once more behind all others
        yield from self._of(each for each in listed if id(each) not in self._inner)

    def _of(self, commands: Iterable[Command]) -> Iterator[str]:
        for command in commands:
            yield from self._one(command)
            self._inner.update(map(id, command.inner))
            yield from self._of(command.inner)

    def _one(self, command: Command) -> Iterator[str]:
        if not command.reads_pipe:
            self._piped = self._fetching = ""
        if self._by:
            for file in self._run(command):
                yield f"{self._by[file]} downloads to {short(file)}"
        if checks_files(command):
            self._by.clear()
            self._piped = self._fetching = ""
        else:
            self._write(command)

    def _run(self, command: Command) -> Iterator[str]:
        """Those of the files that a command executes."""
        for word in (*command.before, command.folder + command.program):
            yield from self._program(word)
        program, words = command.program, command.words
        if program in ("source", "."):
            yield from self._known(words[:1])
        elif program == "eval":
            yield from self._known(each for each in words if len(words) == 1 and _is_value(each))
        elif program == "java" and "-jar" in words[:-1]:
            yield from self._known((words[words.index("-jar") + 1],))
        elif interpreter(program):
            found = interpreted(program, words)
            checked = program in SHELLS and any(
                is_option(each, "n") for each in words[: _at(words, found.file)]
            )
            if not checked:
                yield from self._known((found.file,))
                yield from self._known(each for each in found.code if _is_value(each))
                yield from self._known(found.read if found.reads else ())
        if self._piped in self._by and runs_input(command):
            yield self._piped

    def _program(self, word: str) -> Iterator[str]:
        """The file behind a program, which stands in a folder of programs where none is named."""
        if "/" in word or word[:1] == "$":
            yield from self._known((word,))
        elif word:
            yield from self._known(f"{each}/{word}" for each in _BINARIES)

    def _known(self, words: Iterable[str]) -> Iterator[str]:
        return (path for path in map(self._path, words) if path in self._by)

    def _write(self, command: Command) -> None:
        """Take note of the files that a command writes, moves and removes."""
        program = command.program
        for word in command.before if not program else command.words:
            found = _kept(_braced(r"$\1", word)) if "=" in word else None
            if found:
                self._by[f"${found[1]}"] = found[2]
        if program in ("cd", "pushd"):
            last = next((each for each in command.words if each[:1] != "-"), "")
            self._enter(last) if last else self._back()
        elif program == "popd":
            self._back()
        elif downloads(command):
            for each in fetched(command):
                self._add(each, program)
            self._fetching = program
        elif program == "rm":
            for path in [*self._known(command.words)]:
                self._by.pop(path, None)
        elif program in _MOVERS:
            self._move(command)
        else:
            self._derive(command)

    def _back(self) -> None:
        self._folder, self._before = self._before, self._folder

    def _derive(self, command: Command) -> None:
        """What a command writes is downloaded where what it reads is."""
        words = command.words
        written = [*redirected(command)]
        read = (each for each in words if each.lstrip("&1>|") not in written)
        source = next(self._known(read), "") if self._by else ""
        if _is_value(source) and command.program not in _SAYERS:
            source = ""
        if source:
            self._piped = source
        by = self._by[source] if source else self._fetching or self._by.get(self._piped, "")
        if command.program == "tee":
            written += (each for each in words if each[:1] not in ("-", ">"))
        elif command.program in _UNPACKERS and source.endswith(_PACKED):
            self._by[source.rpartition(".")[0]] = by
        for each in written:
            if by:
                self._add(each, by)
            elif not any(word.startswith((">>", "1>>", "&>>")) for word in words):
                self._by.pop(self._path(each), None)

    def _move(self, command: Command) -> None:
        """Files that were downloaded are known by their new names."""
        words = list(command.words)
        into = ""
        for at, word in enumerate(words):
            if word == "-t" or word.startswith("--target-directory="):
                into = word.partition("=")[2] or "".join(words[at + 1 : at + 2])
        operands = [each for each in words if each[:1] not in ("-", ">") and each != into]
        if not into and operands:
            into = operands.pop()
        for each in operands:
            path = self._path(each)
            by = self._by.get(path, "")
            if by and into:
                if command.program == "mv":
                    del self._by[path]
                self._add(into, by)
                self._add(f"{into}/{path.rpartition('/')[2]}", by)

    def _path(self, word: str) -> str:
        """A path in one form, from the folder that the script is in."""
        path = _braced(r"$\1", word)
        if path.startswith("~/"):
            path = f"$HOME{path[1:]}"
        here = _here(path)
        path = path[here.end() :] if here else path
        if not path or path[:1] == "$":
            return path
        return normpath(join(self._folder, path))


def unseen(commands: Iterable[Command]) -> Iterator[str]:
    """What the commands of a whole script download and run, without anybody looking at it."""
    return Downloads().executed(commands)


def _is_value(word: str) -> bool:
    """Whether a word is a variable and nothing else."""
    return _variable(_braced(r"$\1", word)) is not None


def _at(words: tuple[str, ...], word: str) -> int:
    return words.index(word) if word in words else 0
