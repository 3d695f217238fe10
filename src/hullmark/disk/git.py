"""Git's own program, asked about a repository that nobody trusts.

It reads objects, references and the index of the repository, and none of its settings: it is given
a folder of ours as ``GIT_DIR``, in which references and shallow commits are links and the
configuration is our own. So nothing that a configuration may name is run: no hook, monitor,
filter or helper, and no remote is asked for objects that are missing.

https://git-scm.com/docs/git#_environment_variables, https://git-scm.com/docs/gitrepository-layout
"""

import os
import re
import shutil
import subprocess
import tempfile
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from select import POLLIN, poll

from hullmark.model import SourceError

MAX_SMALL_BYTES = 4096
"""Of HEAD, of a ``.git`` file and of ``commondir``: each is one line."""

MAX_SAID_CHARS = 300
"""Of what git said when it failed."""

MAX_ANSWER_BYTES = 1024 * 1024
"""Of a short answer, such as one commit's id."""

MAX_TOKEN_BYTES = 1024 * 1024
"""Between two NUL bytes: paths and names are far shorter."""

MAX_SHARED_INDEXES = 64
"""Files that a split index may lean on; git deletes those that are two weeks old."""

READ_BYTES = 1024 * 1024
SILENT_S = 300.0
"""Without a word from git; it goes through a million commits in a minute before the first."""

ALLOCATED_BYTES = 1024 * 1024 * 1024
"""That git takes at once, as ``GIT_ALLOC_LIMIT``: an object may claim any size."""

FAILED = "git failed without a word"

SETTINGS = """[core]
\trepositoryformatversion = 1
\tbare = true
\thooksPath = /dev/null
\tfsmonitor = false
\tcommitGraph = false
[extensions]
\tobjectformat = {form}
[protocol]
\tallow = never
[gc]
\tauto = 0
[maintenance]
\tauto = false
"""

_HEAD = re.compile(rb"(?:ref: refs/[^\x00-\x20\x7f]+|[0-9a-f]{40}|[0-9a-f]{64})\s*").fullmatch


class Broken(Exception):  # noqa: N818 - turned into a gap or a SourceError
    """Git did not reach its end; the message says why."""


class Pipe:
    """What git writes, as it comes."""

    def __init__(self, fd: int) -> None:
        self._fd = fd
        self._poll = poll()
        self._poll.register(fd, POLLIN)
        self._held = b""

    def tokens(self, separator: bytes = b"\0") -> Iterator[bytes]:
        """Texts that end with a separator; what follows the last one counts too."""
        while True:
            *whole, self._held = self._held.split(separator)
            yield from whole
            if len(self._held) > MAX_TOKEN_BYTES:
                raise Broken(f"a text of more than {MAX_TOKEN_BYTES} bytes")
            more = self._more(READ_BYTES)
            if not more:
                break
            self._held += more
        if self._held:
            yield self._held

    def line(self) -> bytes:
        """The next line without its end; empty at the end."""
        while (end := self._held.find(b"\n")) < 0:
            more = self._more(READ_BYTES)
            if not more or len(self._held) > MAX_TOKEN_BYTES:
                return b""
            self._held += more
        line, self._held = self._held[:end], self._held[end + 1 :]
        return line

    def pieces(self, size: int) -> Iterator[bytes]:
        """The next so many bytes; ``Broken`` where they do not come."""
        left = size
        while left:
            piece = self._held[:left]
            self._held = self._held[left:] if piece else b""
            piece = piece or self._more(min(left, READ_BYTES))
            if not piece:
                raise Broken("git's answer breaks off")
            left -= len(piece)
            yield piece

    def ended(self) -> bool:
        """Whether nothing more comes."""
        return not self._held and not self._more(1)

    def _more(self, size: int) -> bytes:
        if not self._poll.poll(SILENT_S * 1000):
            raise Broken(f"git said nothing for {SILENT_S:.0f} s")
        return os.read(self._fd, size)


class Git:
    """The program, and where it looks: ``folder`` is ours, ``objects`` and ``index`` are theirs."""

    def __init__(self, folder: str, objects: str, index: str) -> None:
        self._folder = folder
        self._environment = {
            "PATH": os.defpath,
            "HOME": folder,
            "LC_ALL": "C",
            "GIT_DIR": folder,
            "GIT_OBJECT_DIRECTORY": objects,
            "GIT_INDEX_FILE": index,
            "GIT_CONFIG_NOSYSTEM": "1",
            "GIT_CONFIG_GLOBAL": os.devnull,
            "GIT_CONFIG_SYSTEM": os.devnull,
            "GIT_ATTR_NOSYSTEM": "1",
            "GIT_TERMINAL_PROMPT": "0",
            "GIT_NO_LAZY_FETCH": "1",
            "GIT_ALLOW_PROTOCOL": "none",
            "GIT_NO_REPLACE_OBJECTS": "1",
            "GIT_OPTIONAL_LOCKS": "0",
            "GIT_ALLOC_LIMIT": str(ALLOCATED_BYTES),
        }

    @contextmanager
    def asked(self, *words: str, told: Sequence[bytes] = ()) -> Iterator[Pipe]:
        """What git answers to a command that reads the lines ``told``.

        Leaving the block before the answer's end stops git. ``Broken`` when it fails.
        """
        with (
            tempfile.TemporaryFile(dir=self._folder) as lines,
            tempfile.TemporaryFile(dir=self._folder) as errors,
        ):
            lines.writelines(b"%s\n" % each for each in told)
            lines.seek(0)
            ours, theirs = os.pipe()
            try:
                try:
                    process = subprocess.Popen(  # noqa: S603 - revisions stand behind --end-of-options
                        [_program(), "--no-pager", *words],
                        stdin=lines,
                        stdout=theirs,
                        stderr=errors,
                        env=self._environment,
                        cwd=self._folder,
                    )
                finally:
                    os.close(theirs)
                ended, why = False, ""
                with process:
                    try:
                        pipe = Pipe(ours)
                        yield pipe
                        ended = pipe.ended()
                    except Broken as error:
                        why = str(error)
                    finally:
                        if not ended:
                            process.kill()
            finally:
                os.close(ours)
            if why or (ended and process.returncode):
                errors.seek(0)
                raise Broken(_said(errors.read(MAX_SAID_CHARS)) or why or FAILED)

    def answer(self, *words: str) -> str:
        """A short answer without its last line end; ``Broken`` when git fails."""
        with self.asked(*words) as pipe:
            held = b""
            for each in pipe.tokens():
                held += each
                if len(held) > MAX_ANSWER_BYTES:
                    raise Broken(f"an answer of more than {MAX_ANSWER_BYTES} bytes")
        return held.decode(errors="backslashreplace").rstrip("\n")


@contextmanager
def repository(path: str) -> Iterator[Git]:
    """Git for the repository at a path: a folder with ``.git`` in it, or a bare one.

    Raises ``SourceError`` where there is none, or no git to read it with.
    """
    _program()
    own, common = _located(path)
    objects = os.path.join(common, "objects")
    with tempfile.TemporaryDirectory(prefix="hullmark-git-") as folder:
        git = Git(folder, objects, _index(own))
        form, store = (_setting(git, common, name) for name in ("objectformat", "refstorage"))
        if form not in ("", "sha1", "sha256"):
            raise SourceError(path, f"names objects by {form[:40]!r}, which is not read")
        if store not in ("", "files"):
            raise SourceError(path, f"keeps references as {store[:40]!r}, which is not read")
        with open(os.path.join(folder, "config"), "w", encoding="utf-8") as config:
            config.write(SETTINGS.format(form=form or "sha1"))
        with open(os.path.join(folder, "HEAD"), "wb") as head:
            head.write(_head(own, path))
        _link(common, folder, "refs", os.path.isdir)
        for name in ("packed-refs", "shallow"):
            _link(common, folder, name, os.path.isfile)
        for name in _shared_indexes(own):
            _link(own, folder, name, os.path.isfile)
        yield git


def _program() -> str:
    """Git by a full path: none that lies where we happen to stand."""
    found = shutil.which("git")
    if not found or not os.path.isabs(found):
        raise SourceError("git", "is not installed: git: targets are read by it")
    return found


def _located(path: str) -> tuple[str, str]:
    """The folder of a repository and the one that it shares with its other working trees."""
    if not os.path.isdir(path):
        raise SourceError(path, "is no folder")
    own = os.path.join(path, ".git")
    if os.path.isfile(own):
        word, _, place = _small(own).decode(errors="surrogateescape").partition("gitdir: ")
        own = "" if word else os.path.join(path, place)
    elif not os.path.isdir(own):
        own = path
    common = own
    if own and os.path.isfile(shared := os.path.join(own, "commondir")):
        common = os.path.join(own, os.fsdecode(_small(shared)))
    if not (
        own
        and "\0" not in common
        and os.path.lexists(os.path.join(own, "HEAD"))
        and os.path.isdir(os.path.join(common, "objects"))
        and os.path.isdir(os.path.join(common, "refs"))
    ):
        raise SourceError(path, "is no git repository: the folder that holds .git is wanted")
    return os.path.abspath(own), os.path.abspath(common)


def _small(path: str) -> bytes:
    """The one line of a small file."""
    try:
        with open(path, "rb") as file:
            return file.read(MAX_SMALL_BYTES).rstrip(b"\r\n")
    except OSError as error:
        raise SourceError(path, f"cannot be read: {error.strerror}") from error


def _head(own: str, path: str) -> bytes:
    """What HEAD says; old repositories have a link there."""
    place = os.path.join(own, "HEAD")
    if os.path.islink(place):
        text = b"ref: " + os.fsencode(os.readlink(place))
    else:
        text = _small(place) if os.path.isfile(place) else b""
    if not _HEAD(text):
        raise SourceError(path, "is no git repository: its HEAD names nothing")
    return text + b"\n"


def _index(own: str) -> str:
    """The index, or the one that git hands its hooks while it makes a commit of some files."""
    given = os.path.abspath(os.environ.get("GIT_INDEX_FILE") or os.path.join(own, "index"))
    beside = os.path.realpath(os.path.dirname(given)) == os.path.realpath(own)
    place = given if beside else os.path.join(own, "index")
    return place if os.path.isfile(place) else os.path.join(own, "no-index")


def _setting(git: Git, common: str, name: str) -> str:
    """One extension that a repository's configuration names, without what it includes."""
    config = os.path.join(common, "config")
    if not os.path.isfile(config):
        return ""
    try:
        return git.answer("config", "--file", config, "--no-includes", f"extensions.{name}").lower()
    except Broken as error:
        if str(error) == FAILED:  # so git says that there is none
            return ""
        raise SourceError(config, str(error)) from error


def _shared_indexes(own: str) -> list[str]:
    with os.scandir(own) as found:
        names = (each.name for each in found if each.name.startswith("sharedindex."))
        return [name for name, _ in zip(names, range(MAX_SHARED_INDEXES), strict=False)]


def _link(source: str, folder: str, name: str, fits: Callable[[str], bool]) -> None:
    place = os.path.join(source, name)
    if fits(place):
        os.symlink(place, os.path.join(folder, name))


def _said(text: bytes) -> str:
    """The first line that git wrote, without its word in front."""
    lines = text.decode(errors="backslashreplace").splitlines() or [""]
    fatal = [line for line in lines if line.startswith("fatal: ")]
    return (fatal or lines)[0].removeprefix("fatal: ").removeprefix("error: ")
