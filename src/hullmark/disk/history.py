"""What the commits of a git repository brought: each blob once, with the oldest commit that has it.

https://git-scm.com/docs/git-log (--raw, -c), https://git-scm.com/docs/git-cat-file (batch output)
"""

import os
from collections.abc import Callable, Iterator, Sequence
from datetime import UTC, datetime
from typing import NamedTuple

from hullmark.disk.git import Broken, Git, Pipe
from hullmark.model import Gap, SourceError
from hullmark.unit import TreeFile

UNIT = "git"
"""The unit under which is told what of a repository was not looked at."""

STAGED = "staged"
"""The range that stands for the index alone."""

MAX_COMMITS = 2_000_000
"""Linux has 1.3 million."""

MAX_BLOBS = 4_000_000
"""Linux has 2.8 million; each takes some 300 bytes here."""

MAX_BLOB_BYTES = 64 * 1024 * 1024
MAX_ALL_BYTES = 512 * 1024**3
"""Of all blobs together: packs hold some thousandth of what they unpack to."""

MAX_PATH_BYTES = 4096
MAX_NAMED = 1000
"""Gaps of one kind that name their path; more are counted."""

MAX_RESTARTS = 100
"""Of git, which ends at a blob that it cannot unpack."""

HELD_BYTES = 256 * 1024
"""A blob is held in memory up to here, a larger one in the cache folder: hundreds are waiting."""

MAX_AUTHOR_CHARS = 80
SHORT_CHARS = 10
POINTER = b"version https://git-lfs.github.com/spec/v1\n"
MAX_POINTER_BYTES = 1024
"""https://github.com/git-lfs/git-lfs/blob/main/docs/spec.md"""

LINK, SUBMODULE = 0o120000, 0o160000
LOG = (
    *("log", "--raw", "--no-abbrev", "-c", "--root", "--no-renames", "-z", "--reverse"),
    *("--topo-order", "--no-ext-diff", "--no-textconv", "--no-show-signature"),
    "--format=%H%x00%at%x00%an",
)
INDEX = ("diff-index", "--cached", "--raw", "--no-abbrev", "--no-renames", "-z")

SHALLOW = "a shallow clone: commits before its oldest ones are not here"
MISSING = "a blob that is not in this repository"
ELSEWHERE = "a submodule: its commits are in a repository of its own"
LFS = "a pointer of Git LFS: the content lies elsewhere"


class Commit(NamedTuple):
    """One commit: its id, and when (a day) and by whom it was written."""

    id: str
    day: str
    author: str


class Brought(NamedTuple):
    """A blob, the path it was first seen at, and its commit's place; -1 for what is staged."""

    blob: str
    path: str
    mode: int
    commit: int


class History:
    """The blobs of a repository's commits, oldest commit first, and of its index."""

    def __init__(self, git: Git, wanted: str, scratch: Callable[[], int]) -> None:
        self._git = git
        self._wanted = wanted
        self._scratch = scratch
        self._commits: list[Commit] = []
        self._places: dict[str, int] = {}
        self._seen: set[bytes] = set()
        self._named: dict[str, int] = {}
        self._shown: set[tuple[str, str]] | None = None

    def rank(self, id: str) -> int:
        """A commit's place in the order, oldest first; what is staged comes last."""
        return self._places.get(id, len(self._commits))

    def tells(self, id: str) -> str:
        """Which commit this is, for people."""
        if not id:
            return "staged, in no commit yet"
        commit = self._commits[self._places[id]]
        by = f" by {commit.author}" if commit.author else ""
        return f"brought by commit {id[:SHORT_CHARS]}{commit.day and f' of {commit.day}'}{by}"

    def hides(self, id: str, path: str) -> bool:
        """Whether HEAD no longer has what this commit brought under this path."""
        if self._shown is None or not id:
            return False
        return (id, path) not in self._shown and (id, path.partition("!/")[0]) not in self._shown

    def files(self, gaps: list[Gap]) -> Iterator[TreeFile]:
        """Every blob, with what it was brought by; what could not be read is a gap."""
        brought = list(self._brought(gaps))
        self._places = {each.id: place for place, each in enumerate(self._commits)}
        self._shown = self._in_head(brought)
        wanted, left = [], MAX_ALL_BYTES
        for each, size, why in self._sizes(brought):
            if refused := why or _refused(size, left):
                self._gap(gaps, each.path, refused, self._id(each))
            elif size:
                left -= size
                wanted.append((each, size))
        yield from self._read(wanted, gaps)
        self._count(gaps)

    def _brought(self, gaps: list[Gap]) -> Iterator[Brought]:
        if self._wanted != STAGED:
            try:
                yield from self._committed(gaps)
            except Broken as error:
                if not self._commits:
                    raise SourceError(self._wanted or "history", str(error)) from error
                self._gap(gaps, "history", str(error))
        if self._wanted in ("", STAGED):
            try:
                yield from self._staged(gaps)
            except Broken as error:
                if self._wanted:
                    raise SourceError("index", str(error)) from error
                self._gap(gaps, "index", str(error))

    def _committed(self, gaps: list[Gap]) -> Iterator[Brought]:
        if self._git.answer("rev-parse", "--is-shallow-repository") == "true":
            self._gap(gaps, "history", SHALLOW)
        if self._wanted:
            yield from self._logged(gaps, "--end-of-options", *self._wanted.split())
            return
        try:
            yield from self._logged(gaps, "--all")
        except Broken as error:
            if self._commits:
                raise
            self._gap(gaps, "references", str(error))
            yield from self._logged(gaps, "--ignore-missing", "--all")

    def _logged(self, gaps: list[Gap], *revisions: str) -> Iterator[Brought]:
        with self._git.asked(*LOG, *revisions, "--") as pipe:
            yield from self._changes(pipe, gaps)

    def _staged(self, gaps: list[Gap]) -> Iterator[Brought]:
        try:
            base = self._git.answer("rev-parse", "--verify", "--quiet", "HEAD^{commit}")
        except Broken:  # no commit yet: all is new, which is to say other than an empty tree
            base = self._git.answer("hash-object", "-t", "tree", "--stdin")
        with self._git.asked(*INDEX, base, "--") as pipe:
            yield from self._changes(pipe, gaps, staged=True)

    def _changes(self, pipe: Pipe, gaps: list[Gap], *, staged: bool = False) -> Iterator[Brought]:
        """Blobs that are new in the raw lines of a difference, each once."""
        tokens = pipe.tokens()
        for token in tokens:
            text = token.lstrip(b"\n")
            if text.startswith(b":"):
                found = self._new(text, next(tokens, b""), gaps, staged=staged)
                if found:
                    yield found
            elif text:
                if len(self._commits) >= MAX_COMMITS:
                    self._gap(gaps, "history", f"more than {MAX_COMMITS} commits")
                    return
                when, author = next(tokens, b""), next(tokens, b"")
                self._commits.append(Commit(text.decode(), _day(when), _author(author)))
            if len(self._seen) >= MAX_BLOBS:
                self._gap(gaps, "history", f"more than {MAX_BLOBS} blobs")
                return

    def _new(self, text: bytes, name: bytes, gaps: list[Gap], *, staged: bool) -> Brought | None:
        """The blob of one raw line, whose last mode and id are those of the result."""
        old = len(text) - len(text.lstrip(b":"))
        words = text[old:].split(b" ")
        mode, blob = int(words[old], 8), words[2 * old + 1]
        if not mode or not blob.strip(b"0"):
            return None
        path = name.decode(errors="backslashreplace")
        if mode == SUBMODULE:
            key = b"submodule " + name
            if key not in self._seen:
                self._seen.add(key)
                self._gap(gaps, path, ELSEWHERE)
            return None
        key = bytes.fromhex(blob.decode())
        if key in self._seen:
            return None
        self._seen.add(key)
        found = Brought(blob.decode(), path, mode, -1 if staged else len(self._commits) - 1)
        if len(path) > MAX_PATH_BYTES:
            why = f"a path of more than {MAX_PATH_BYTES} bytes"
            self._gap(gaps, path[:MAX_AUTHOR_CHARS], why, self._id(found))
            return None
        return found

    def _in_head(self, brought: Sequence[Brought]) -> set[tuple[str, str]] | None:
        """What HEAD still has of what commits brought; ``None`` where there is no HEAD."""
        try:
            with self._git.asked("ls-tree", "-r", "-z", "--full-tree", "HEAD") as pipe:
                kept = {line.partition(b"\t")[0].rpartition(b" ")[2] for line in pipe.tokens()}
        except Broken:
            return None
        return {
            (self._id(each), each.path)
            for each in brought
            if each.commit >= 0 and each.blob.encode() in kept
        }

    def _sizes(self, brought: Sequence[Brought]) -> Iterator[tuple[Brought, int, str]]:
        """Sizes of blobs in bytes, or why there is none."""
        names = [each.blob.encode() for each in brought]
        done = 0
        try:
            with self._git.asked("cat-file", "--batch-check", "--buffer", told=names) as pipe:
                for each in brought:
                    size = _size(pipe.line(), each.blob)
                    yield each, max(size, 0), MISSING if size < 0 else ""
                    done += 1
        except Broken as error:
            for each in brought[done:]:
                yield each, 0, str(error)

    def _read(self, wanted: Sequence[tuple[Brought, int]], gaps: list[Gap]) -> Iterator[TreeFile]:
        """Files with the content of blobs; git is started anew behind one that it cannot unpack."""
        at = 0
        for _ in range(MAX_RESTARTS):
            try:
                for file in self._contents(wanted[at:], gaps):
                    at += 1
                    if file:
                        yield file
            except Broken as error:
                if at < len(wanted):
                    each = wanted[at][0]
                    self._gap(gaps, each.path, f"not read: {error}", self._id(each))
                    at += 1
            if at >= len(wanted):
                return
        for each, _ in wanted[at:]:
            self._gap(gaps, each.path, "not read: too many blobs that are broken", self._id(each))

    def _contents(
        self, wanted: Sequence[tuple[Brought, int]], gaps: list[Gap]
    ) -> Iterator[TreeFile | None]:
        names = [each.blob.encode() for each, _ in wanted]
        with self._git.asked("cat-file", "--batch", "--buffer", told=names) as pipe:
            for each, size in wanted:
                if _size(pipe.line(), each.blob) != size:
                    raise Broken("git's answer breaks off")
                fd = os.memfd_create("blob") if size <= HELD_BYTES else self._scratch()
                try:
                    start = b""
                    for piece in pipe.pieces(size):
                        start = start or piece
                        _write(fd, piece)
                    for _ in pipe.pieces(1):  # the line end behind each blob
                        pass
                    if size <= MAX_POINTER_BYTES and start.startswith(POINTER):
                        self._gap(gaps, each.path, LFS, self._id(each))
                    yield self._file(each, size, fd)
                finally:
                    os.close(fd)

    def _file(self, each: Brought, size: int, fd: int) -> TreeFile:
        def opened(name: str) -> int:
            if name:
                raise FileNotFoundError
            os.lseek(fd, 0, os.SEEK_SET)
            return os.dup(fd)

        mode = 0o777 if each.mode == LINK else each.mode & 0o777
        layer = self._id(each)
        return TreeFile(
            path=each.path, mode=mode, uid=0, gid=0, size=size, open=opened, layer=layer
        )

    def _id(self, each: Brought) -> str:
        return self._commits[each.commit].id if each.commit >= 0 else ""

    def _gap(self, gaps: list[Gap], subject: str, why: str, commit: str = "") -> None:
        """A gap that names its place, where there are not too many like it."""
        count = self._named[why] = self._named.get(why, 0) + 1
        if count <= MAX_NAMED:
            gaps.append(Gap(unit=UNIT, subject=subject, why=why, layer=commit))

    def _count(self, gaps: list[Gap]) -> None:
        """Gaps that are counted, not named."""
        for why, count in self._named.items():
            if count > MAX_NAMED:
                gaps.append(Gap(unit=UNIT, subject=f"{count - MAX_NAMED} more", why=why))


def _refused(size: int, left: int) -> str:
    """Why a blob of this size is not looked at, if so."""
    if size > MAX_BLOB_BYTES:
        return f"more than the {MAX_BLOB_BYTES} bytes of a file that are looked at"
    return f"blobs of more than {MAX_ALL_BYTES} bytes together" if size > left else ""


def _size(line: bytes, blob: str) -> int:
    """The size that a line of ``cat-file`` says of a blob, -1 where it is not there."""
    words = line.decode(errors="replace").split(" ")
    if words[0] != blob:
        raise Broken("git's answer breaks off")
    return int(words[2]) if len(words) == 3 and words[1] == "blob" else -1  # noqa: PLR2004 - id, type, size


def _write(fd: int, data: bytes) -> None:
    view = memoryview(data)
    while view:
        view = view[os.write(fd, view) :]


def _day(seconds: bytes) -> str:
    """A time as a day in UTC; empty for none."""
    try:
        return datetime.fromtimestamp(int(seconds), UTC).date().isoformat()
    except (ValueError, OverflowError, OSError):
        return ""


def _author(name: bytes) -> str:
    text = name.decode(errors="backslashreplace")
    return "".join(filter(str.isprintable, text)).strip()[:MAX_AUTHOR_CHARS]
