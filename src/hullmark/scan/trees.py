"""Trees: walked here, parsed by jailed workers that get open descriptors and nothing else."""

import os
import socket
from collections.abc import Iterator, Sequence
from itertools import cycle
from threading import Thread

import msgspec

from hullmark.model import Gap
from hullmark.sandbox.zygote import Crash, Job, Zygote
from hullmark.scan.dispatch import Dispatch, may_be_binary
from hullmark.scan.facts import Contents, Parsed
from hullmark.scan.finish import Inventory
from hullmark.scan.jobs import MAX_BATCH_BYTES, MAX_BATCH_FILES, Sent, TreeJob
from hullmark.scan.overlay import Visible
from hullmark.scan.skip import Skip
from hullmark.unit import OpenTree, TreeFile

MAGIC_BYTES = 4
ROOT_LINKS = ("bin", "sbin", "lib", "lib32", "lib64", "libx32")
"""Folders that merged-/usr systems keep as links, through which package lists may name files."""


class Trees:
    """What reading mounted files needs, for one run."""

    def __init__(self, zygote: Zygote, dispatch: Dispatch, *, jobs: int, skip: Skip) -> None:
        self._zygote = zygote
        self._dispatch = dispatch
        self._jobs = jobs
        self._skip = skip

    def read(self, tree: OpenTree) -> tuple[Inventory, list[Gap]]:
        """Walk the tree once; each wanted file goes to one of the workers."""
        gaps: list[Gap] = []
        workers = [_Feeder(self._zygote) for _ in range(self._jobs)]
        turns = cycle(workers)
        batch = _Batch()
        try:
            for file in tree.walk(gaps):
                if not self._offer(file, batch, gaps):
                    continue
                if batch.full():
                    next(turns).send(batch)
                    batch = _Batch()
            next(turns).send(batch)
        finally:
            batch.close()
            for worker in workers:
                worker.finish()
        contents = [worker.contents() for worker in workers]
        gaps += [gap for each in contents for gap in each.gaps]
        seen = (
            Visible(path=each.path, unit=each.unit, versions=((0, each),))
            for each in _parsed(contents)
        )
        links = {name: target for name in ROOT_LINKS if (target := tree.links(name))}
        docs = _DocLinks(tree)
        return Inventory(seen, docs.with_roots(links), [""]), gaps

    def _offer(self, file: TreeFile, batch: "_Batch", gaps: list[Gap]) -> bool:
        """Open a file that a parser wants and put it into the batch."""
        units = self._dispatch.units(file.path)
        binary = file.size >= MAGIC_BYTES and may_be_binary(file.path, file.mode)
        if not (units or binary) or (self._skip and self._skip.hides(file.path)):
            return False
        try:
            fd = file.open("")
        except FileNotFoundError:
            return False
        except OSError as error:
            why = f"not read: {error.strerror}"
            gaps += [Gap(unit=unit, subject=file.path, why=why) for unit in units or ["tree"]]
            return False
        if binary:
            units = [*units, *self._dispatch.by_magic(os.pread(fd, MAGIC_BYTES, 0))]
        if not units:
            os.close(fd)
            return False
        siblings = [name for unit in units for name in self._dispatch.beside.get(unit, ())]
        opened = list(_siblings(file, siblings))
        batch.add(file, tuple(units), fd, opened)
        return True


def _siblings(file: TreeFile, names: Sequence[str]) -> Iterator[tuple[str, int]]:
    """Those of the named neighbours that exist and open."""
    for name in dict.fromkeys(names):
        try:
            yield name, file.open(name)
        except OSError:
            continue


class _Batch:
    """Files on their way to a worker."""

    def __init__(self) -> None:
        self.sent: list[Sent] = []
        self.descriptors: list[int] = []
        self._bytes = 0

    def add(
        self, file: TreeFile, units: tuple[str, ...], fd: int, siblings: list[tuple[str, int]]
    ) -> None:
        """Append a file and the siblings that go with it."""
        self._one(file.path, file, units, fd, len(siblings))
        folder = file.path.rpartition("/")[0]
        for name, other in siblings:
            self._one(f"{folder}/{name}" if folder else name, file, (), other, 0)

    def full(self) -> bool:
        """Whether another file might not fit into one message."""
        return len(self.sent) > MAX_BATCH_FILES - 8 or self._bytes > MAX_BATCH_BYTES - 16_384

    def close(self) -> None:
        """Close our copies of the descriptors."""
        for fd in self.descriptors:
            os.close(fd)
        self.descriptors = []

    def _one(self, path: str, file: TreeFile, units: tuple[str, ...], fd: int, beside: int) -> None:
        self.descriptors.append(fd)
        self._bytes += len(path) * 4 + 64
        self.sent.append(
            Sent(
                path=path,
                mode=file.mode,
                uid=file.uid,
                gid=file.gid,
                size=os.fstat(fd).st_size,
                units=units,
                beside=beside,
            )
        )


class _Feeder:
    """One worker, the socket that feeds it, and a thread that waits for its answer."""

    def __init__(self, zygote: Zygote) -> None:
        ours, theirs = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
        self._socket = ours
        self._contents = Contents()
        self._lost: list[str] = []
        job = zygote.start(msgspec.msgpack.encode(TreeJob()), [theirs.fileno()])
        theirs.close()
        self._thread = Thread(target=self._wait, args=[job], daemon=True)
        self._thread.start()

    def send(self, batch: _Batch) -> None:
        """Hand over a batch; a worker that died leaves its files as gaps."""
        try:
            if batch.sent:
                message = msgspec.msgpack.encode(batch.sent)
                socket.send_fds(self._socket, [message], batch.descriptors)
        except (BrokenPipeError, ConnectionResetError):
            self._lost += [each.path for each in batch.sent if each.units]
        finally:
            batch.close()

    def finish(self) -> None:
        """Say that nothing more comes."""
        self._socket.close()

    def contents(self) -> Contents:
        """What the worker found, and a gap for each file that it never got."""
        self._thread.join()
        lost = [Gap(unit="tree", subject=path, why="its worker died") for path in self._lost]
        return msgspec.structs.replace(self._contents, gaps=[*self._contents.gaps, *lost])

    def _wait(self, job: Job) -> None:
        try:
            self._contents = msgspec.msgpack.decode(job.result(), type=Contents)
        except (Crash, msgspec.DecodeError) as error:
            self._contents = Contents(gaps=[Gap(unit="tree", subject="worker", why=str(error))])


class _DocLinks(dict[str, str]):
    """Links below /usr/share/doc, read when they are asked for."""

    def __init__(self, tree: OpenTree) -> None:
        super().__init__()
        self._tree = tree

    def with_roots(self, links: dict[str, str]) -> "_DocLinks":
        """Add links that are known already."""
        self.update(links)
        return self

    def get(self, path: str, default: str = "") -> str:  # type: ignore[override]  # always text
        """A link's target."""
        return super().get(path) or self._tree.links(path) or default


def _parsed(contents: Sequence[Contents]) -> Iterator[Parsed]:
    for each in contents:
        yield from each.parsed
