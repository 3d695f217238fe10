"""Files that a script has downloaded and not checked, as its commands write and move them.

Any check, by whatever digest or signature, counts for all that was downloaded before it.
"""

from collections.abc import Iterable, Iterator
from itertools import islice
from posixpath import join, normpath

from msgspec import Struct

from hullmark.checks.checking_commands import checks_files
from hullmark.checks.downloads import downloads, interpreter, runs_input
from hullmark.checks.executed_files import executed_files, is_value
from hullmark.checks.fetched_files import address_names, fetched, redirected
from hullmark.checks.image_facts import short
from hullmark.checks.package_installs import installed
from hullmark.checks.script_values import MAX_CHARS, Values
from hullmark.checks.shell_words import Command
from hullmark.checks.unpacked import Unpacked, Unpacking, is_shared, unpacking
from hullmark.model.later import regex

MAX_FOLDER_CHARS = 512
"""Of the folder that a script is in; those of real ones are shorter."""

MAX_FILES = 500
"""That are followed at once, ours: of real scripts they are ten. The first are forgotten."""

MAX_NAMES = 8
"""Of what one command downloads, ours."""

MAX_UNPACKED = 16
"""Archives of which the files are followed at once, ours."""

MAX_DEEP = 16
"""Folders in each other that are looked at, ours."""

_PACKED = (".gz", ".xz", ".bz2", ".zst")
_UNPACKERS = frozenset(("gunzip", "gzip", "unxz", "xz", "bunzip2", "bzip2", "unzstd", "zstd"))
_MOVERS = ("mv", "cp", "install", "ln")
_SAYERS = ("echo", "printf")

_here = regex(r"(?:\$PWD|\$\(pwd\)|`pwd`)/").match
_named = regex(r"\$(\w+)").match
_kept = regex(r"(\w+)=(?:\$\(|`)\s*(?:sudo\s+)?(?:[\w.-]*+/)*+(curl|wget)\s").match
_temporary = regex(r"(\w+)=(?:\$\(|`)\s*mktemp\s+(?:-\w+\s+)*-\w*d").match


class Origin(Struct, frozen=True):
    """What downloaded a file, in words, and the names that it had, at its address too."""

    says: str
    names: tuple[str, ...] = ()


class Told(Struct, frozen=True):
    """What was downloaded (``curl downloads to 'x'``), and what was done with it unchecked."""

    what: str
    done: str = "executed"
    command: Command | None = None

    @property
    def says(self) -> str:
        """A sentence of it."""
        return f"what {self.what} is {self.done}"


class DownloadedFiles:
    """What the commands of one shell that were seen so far have downloaded and not checked."""

    def __init__(self, folder: str = "", values: Values | None = None) -> None:
        self.values = values or Values()
        self.place = (folder, folder)
        self._by: dict[str, Origin] = {}
        self._unpacked: list[Unpacked] = []
        self._made = set[str]()
        self._own = set[str]()
        self._assigned = set[str]()
        self._piped = ""
        self._fetching: Origin | None = None

    def take(self, command: Command) -> Iterator[Told]:
        """What the next command runs of it; what the command writes is known from then on."""
        if not command.reads_pipe:
            self._piped, self._fetching = "", None
        if self._by or self._unpacked:
            run, set_up = self._run(command), self._matching(installed(command))
            for path, origin in [*run]:
                yield self._told(path, origin, "executed")
            for path, origin in [*set_up]:
                yield self._told(path, origin, "installed")
        if checks_files(command):
            self.checked()
        else:
            self._write(command)

    def _told(self, path: str, origin: Origin, done: str) -> Told:
        """What to tell of a file, which is then told no more."""
        self._by.pop(path, None)
        return Told(f"{origin.says} to {short(path)}", done)

    def checked(self) -> None:
        """Take note that something was checked."""
        self._by.clear()
        self._unpacked.clear()
        self._piped, self._fetching = "", None

    def add(self, file: str, says: str, *names: str) -> None:
        """Take note of a file that was downloaded."""
        self._add(self.path(file), Origin(says, names))

    def replace(self, file: str) -> None:
        """Take note of a file or folder that something else wrote."""
        self._drop(self.path(file))

    def overlay(self, folder: str) -> None:
        """Take note that something else put files of any names into a folder."""
        path = self.path(folder).rstrip("/")
        self._unpacked = [each for each in self._unpacked if not _is_at(each.folder, path)]

    def next_shell(self, folder: str, values: Values) -> None:
        """Go on with another shell, in this folder: files stay, variables are set anew."""
        for name in self._assigned:
            self._forget(name)
        self._assigned.clear()
        self.place, self.values = (folder, folder), values

    def path(self, word: str) -> str:
        """A path in one form, from the folder that the script is in; empty for what is none."""
        path = self.values.filled(word)
        if path.startswith("~/"):
            path = f"$HOME{path[1:]}"
        here = _here(path)
        path = path[here.end() :] if here else path
        if not path or path[:1] == "$" or len(path) > MAX_CHARS:
            return path[:MAX_CHARS].rstrip("/")
        return normpath(join(self.place[0], path))

    def _add(self, path: str, origin: Origin) -> None:
        self._by.pop(path, None)
        self._by[path] = origin
        if len(self._by) > MAX_FILES:
            del self._by[next(iter(self._by))]

    def _drop(self, path: str) -> None:
        self._by.pop(path, None)
        if self._unpacked and not any(each.folder == path for each in self._unpacked):
            self._own.add(path)
            if len(self._own) > MAX_FILES:  # nobody knows what else came from elsewhere
                self._unpacked.clear()

    def _origin(self, path: str) -> Origin | None:
        found = self._by.get(path)
        if found is None and self._unpacked and not self._is_own(path):
            for each in reversed(self._unpacked):
                if each.holds(path):
                    return Origin(each.says, (path.rpartition("/")[2],))
        return found

    def _is_own(self, path: str) -> bool:
        """Whether something else wrote a file, or a folder that it is in."""
        for _ in range(MAX_DEEP if self._own else 0):
            if path in self._own:
                return True
            path = path.rpartition("/")[0]
        return False

    def _known(self, words: Iterable[str]) -> Iterator[tuple[str, Origin]]:
        for path in map(self.path, words):
            origin = self._origin(path)
            if origin is not None:
                yield path, origin

    def _matching(self, words: Iterable[str]) -> Iterator[tuple[str, Origin]]:
        """Those of the files that words name, also by one ``*``."""
        for word in islice(words, MAX_FILES):
            before, star, after = self.path(word).partition("*")
            yield from self._known((word,))
            for path, origin in self._by.items() if star else ():
                if path.startswith(before) and path.endswith(after):
                    yield path, origin

    def _run(self, command: Command) -> Iterator[tuple[str, Origin]]:
        yield from self._known(executed_files(command))
        if self._piped in self._by and runs_input(command):
            yield self._piped, self._by[self._piped]

    def _write(self, command: Command) -> None:
        """Take note of the files that a command writes, moves and removes."""
        program, words = command.program, command.words
        for name in self.values.learn(command):
            self._assigned.add(name)
            self._forget(name)
        for word in command.before if not program else words:
            self._keep(word)
        if program in ("cd", "pushd", "popd"):
            self._enter(next((each for each in words if each[:1] != "-"), ""))
        elif downloads(command):
            names = tuple(islice(address_names(words), MAX_NAMES))
            self._fetching = Origin(f"{program} downloads", names)
            for each in fetched(command):
                self.add(each, f"{program} downloads", *names, each.rpartition("/")[2])
        elif program == "rm":
            self._remove(command)
        elif program in _MOVERS:
            self._move(command)
        elif not self._fill(command):
            self._derive(command)

    def _keep(self, word: str) -> None:
        """Take note of a variable that keeps what is downloaded, or names a folder of its own."""
        if "=" not in word:
            return
        found = _kept(word)
        if found:
            self._add(f"${found[1]}", Origin(f"{found[2]} downloads"))
        found = _temporary(word)
        if found:
            self._made.add(f"${found[1]}")

    def _forget(self, name: str) -> None:
        """Forget the files that a variable named, which has another value now."""
        for path in [each for each in self._by if each[:1] == "$" and _begins(each, name)]:
            del self._by[path]
        self._unpacked = [each for each in self._unpacked if not _begins(each.folder, name)]

    def _enter(self, folder: str) -> None:
        now, before = self.place
        self.place = (self.path(folder)[:MAX_FOLDER_CHARS] if folder else before, now)

    def _remove(self, command: Command) -> None:
        for path in (self.path(each) for each in command.words if each[:1] != "-"):
            self._by.pop(path, None)
            self._unpacked = [each for each in self._unpacked if each.folder != path]

    def _fill(self, command: Command) -> bool:
        """Take note of what makes folders: ``mkdir``, ``git clone``, archives."""
        found = unpacking(command)
        if found is not None:
            self._unpack(command.program, found)
        elif command.program == "mkdir":
            room = max(0, MAX_FILES - len(self._made))
            self._made.update(islice(map(self.path, command.words), room))
        elif command.program == "git" and command.action == "clone":
            self.replace(command.words[-1])
        else:
            return False
        return True

    def _unpack(self, program: str, found: Unpacking) -> None:
        if found.archive:
            near = (found.archive, f"{found.archive}.zip")
            origin = next((origin for _, origin in self._known(near)), None)
        else:
            origin = self._fetching or self._by.get(self._piped)
        if origin is not None:
            folder = self.path(found.folder) if found.folder else self.place[0]
            alone = bool(folder in self._made or found.stripped) and not is_shared(folder)
            unpacked = Unpacked(
                folder=folder,
                names=origin.names,
                members=found.members,
                says=f"{origin.says} and {program} unpacks",
                alone=alone,
            )
            self._unpacked = [*self._unpacked[1 - MAX_UNPACKED :], unpacked]

    def _derive(self, command: Command) -> None:
        """What a command writes is downloaded where what it reads is."""
        words = command.words
        written = [*redirected(command)]
        targets = frozenset(written)
        read = (each for each in words if each.lstrip("&1>|") not in targets)
        source, by = (
            next(self._known(read), ("", None)) if self._by or self._unpacked else ("", None)
        )
        if is_value(source) and command.program not in _SAYERS:
            source, by = "", None
        if source:
            self._piped = source
        by = by or self._fetching or self._by.get(self._piped)
        if interpreter(command.program):
            by = None
        if command.program == "tee":
            written += (each for each in words if each[:1] not in ("-", ">"))
        elif command.program in _UNPACKERS and by and source.endswith(_PACKED):
            self._add(source.rpartition(".")[0], by)
        appends = any(word.startswith((">>", "1>>", "&>>")) for word in words)
        for path in map(self.path, written if by or not appends else ()):
            if by:
                self._add(path, by)
            else:
                self._drop(path)

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
        target = self.path(into) if operands else ""
        for word in operands if target else ():
            path = self.path(word)
            origin = self._origin(path)
            inside = f"{target}/{path.rpartition('/')[2]}"
            if origin is None:
                self._drop(target)
                self._drop(inside)
                if word.endswith(("/.", "*")):
                    self.overlay(into)
                continue
            if command.program == "mv":
                self._by.pop(path, None)
            self._add(target, origin)
            self._add(inside, origin)


def _begins(path: str, name: str) -> bool:
    """Whether a path begins with a variable of this name."""
    found = _named(path) if path.startswith(f"${name}") else None
    return found is not None and found[1] == name


def _is_at(folder: str, path: str) -> bool:
    """Whether a folder is this one, or below it."""
    return folder == path or folder.startswith(f"{path}/")
