"""Downloads that a script writes to a file, or keeps in a variable, and runs unchecked later.

Functions are followed to where they are called, with the arguments that they are given; by itself
each is judged as what it does alone. Of branches all are taken, one after the other.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence

from msgspec import Struct
from msgspec.structs import replace

from hullmark.checks.checking_commands import checks_files
from hullmark.checks.downloaded_files import DownloadedFiles, Told
from hullmark.checks.downloads import downloads, executed
from hullmark.checks.fetched_files import fetched
from hullmark.checks.script_values import Values
from hullmark.checks.shell import with_inner
from hullmark.checks.shell_words import Command, named, program_at

MAX_CALLED = 16
"""Functions that call each other."""

MAX_REPEATED_CHARS = 500_000
"""Of functions that one script calls: those of real ones have some thousands."""

_ALL = ("$@", "$*", "${@}")
"""What stands for all arguments of a function."""


class _Scope(Struct, frozen=True):
    """A function or subshell that is read, and what is gone back to behind it."""

    name: str
    place: tuple[str, str]
    outer: DownloadedFiles


class Downloads:
    """What the commands of one script that were seen so far have downloaded and not checked."""

    def __init__(self) -> None:
        self.files = DownloadedFiles()
        self._functions: dict[str, dict[int, Command]] = {}
        self._handing_on: dict[str, str] = {}
        self._scopes: list[_Scope] = []
        self._called: list[str] = []
        self._left = MAX_REPEATED_CHARS
        self._inner = set[int]()
        self._told = set[tuple[int, str]]()

    def next_shell(self, folder: str = "", values: Values | None = None) -> None:
        """Go on with another shell: files stay, functions and variables do not."""
        self._leave(self._scopes, 0)
        self._functions.clear()
        self._handing_on.clear()
        self._inner.clear()
        self._told.clear()
        self.files.next_shell(folder, values or Values())

    def executed(self, commands: Iterable[Command]) -> Iterator[Told]:
        """What is downloaded into what runs it, by the next commands or those before; each once."""
        listed = tuple(commands)
        self._remember(listed)
        seen = set[str]()
        at_once = (Told(what) for what in executed([*map(self._meant, listed)]))
        # those of inner scripts stand once more behind all others
        outer = (each for each in listed if id(each) not in self._inner)
        for each in (*at_once, *self._each(outer, self._scopes)):
            if each.what not in seen:
                seen.add(each.what)
                yield each

    def _meant(self, command: Command) -> Command:
        """A command that downloads, in place of a function that hands on what one does."""
        if command.folder or command.program not in self._functions:
            return command
        return replace(command, program=self._handing_on.get(command.program, ""))

    def _each(
        self, commands: Iterable[Command], scopes: list[_Scope], skip: int = 0
    ) -> Iterator[Told]:
        for command in commands:
            within = command.within[skip:]
            self._leave(scopes, _common([each.name for each in scopes], within))
            for name in within[len(scopes) :]:
                scopes.append(_Scope(name, self.files.place, self.files))
                if _is_function(name):
                    self.files = DownloadedFiles(self.files.place[0])
            yield from self._one(command)

    def _leave(self, scopes: list[_Scope], kept: int) -> None:
        while len(scopes) > kept:
            scope = scopes.pop()
            self.files = scope.outer
            self.files.place = scope.place

    def _remember(self, commands: Iterable[Command]) -> None:
        """Take note of what functions are made of, and which hand on what they download."""
        for command in commands:
            depth = _depth(command.within)
            if depth:
                name = command.within[depth - 1]
                self._functions.setdefault(name, {})[id(command)] = command
                hands_on = depth == len(command.within) and downloads(command)
                if hands_on and not any(True for _ in fetched(command)):
                    self._handing_on[name] = command.program

    def _one(self, command: Command) -> Iterator[Told]:
        filled = self._filled(command)
        body = None if filled.folder else self._functions.get(filled.program)
        if body and filled.program not in self._called:
            yield from self._call(filled, body)
            if filled.program in self._handing_on:
                yield from self.files.take(self._meant(filled))
            if checks_files(filled):
                self.files.checked()
        else:
            for told in self.files.take(filled):
                yield from self._new(told, command)
        if command.inner:
            yield from self._hand(command)

    def _hand(self, command: Command) -> Iterator[Told]:
        """What the script does that a command is handed, in a shell of its own but for ``eval``."""
        self._inner.update(map(id, with_inner(command.inner)))
        if command.program == "trap":
            return  # it runs at the end
        self._remember(command.inner)
        place, scopes = self.files.place, list[_Scope]()
        yield from self._each(command.inner, scopes)
        self._leave(scopes, 0)
        if command.program != "eval":
            self.files.place = place

    def _call(self, command: Command, function: Mapping[int, Command]) -> Iterator[Told]:
        """What the commands of a function do with the words that it is called with."""
        if len(self._called) >= MAX_CALLED or self._left < 0:
            self.files.checked()  # it may be what checks them
            return
        body = tuple(function.values())
        self._left -= sum(map(_length, with_inner(body)))
        values, scopes = self.files.values, list[_Scope]()
        before, values.arguments = values.arguments, command.words
        self._called.append(command.program)
        yield from self._each(body, scopes, _depth(body[0].within))
        self._leave(scopes, 0)
        self._called.pop()
        values.arguments = before

    def _new(self, told: Told, command: Command) -> Iterator[Told]:
        """What was not told yet: of a function what it does alone, or with these words."""
        key = id(command), told.what if self._called else ""
        if (id(command), "") not in self._told and key not in self._told:
            self._told.add(key)
            yield replace(told, command=command)

    def _filled(self, command: Command) -> Command:
        """A command with the values that are known."""
        values = self.files.values
        program = command.folder + command.program
        if "$" not in program and not any("$" in each for each in command.words):
            return command
        words = [*self._arguments()] if program in _ALL else values.filled(program).split()
        for each in command.words:
            words += self._arguments() if each in _ALL else [values.filled(each)]
        at = program_at(words)
        folder, name = named(words, at)
        before = (*command.before, *words[:at])
        return replace(
            command, program=name, folder=folder, words=tuple(words[at + 1 :]), before=before
        )

    def _arguments(self) -> Sequence[str]:
        """Those of the function that is called, as often as there is room for them."""
        found = self.files.values.arguments
        self._left -= sum(map(len, found)) + len(found)
        return found if self._left >= 0 else ()


def unseen(commands: Iterable[Command]) -> Iterator[Told]:
    """What the commands of a whole script download and run, without anybody looking at it."""
    return Downloads().executed(commands)


def _is_function(scope: str) -> bool:
    return scope[:1] != "("


def _length(command: Command) -> int:
    """How much there is to read of a command."""
    words = (command.program, *command.before, *command.words)
    return sum(map(len, words)) + len(words)


def _depth(within: Sequence[str]) -> int:
    """How many scopes lead to the innermost function; 0 where there is none."""
    return max((at for at, name in enumerate(within, 1) if _is_function(name)), default=0)


def _common(scopes: Sequence[str], within: Sequence[str]) -> int:
    """How many scopes are the same."""
    for at, (one, other) in enumerate(zip(scopes, within, strict=False)):
        if one != other:
            return at
    return min(len(scopes), len(within))
