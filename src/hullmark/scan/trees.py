"""Trees: walked here, parsed by jailed workers that get open descriptors and nothing else."""

import os
import socket
from collections import deque
from collections.abc import Iterator, Mapping, Sequence
from errno import ELOOP, ETOOMANYREFS
from threading import Condition, Thread

import msgspec

from hullmark.charts import ChartOptions
from hullmark.model import Gap
from hullmark.sandbox.zygote import Crash, Job, Zygote
from hullmark.scan.assembly import Wholes
from hullmark.scan.charts import Charts
from hullmark.scan.dispatch import Dispatch, may_be_binary
from hullmark.scan.facts import Contents, Parsed
from hullmark.scan.finish import Inventory
from hullmark.scan.jobs import MAX_BATCH_BYTES, MAX_BATCH_FILES, Sent, TreeJob
from hullmark.scan.overlay import Visible
from hullmark.scan.relating import KUBERNETES, Relating, gathered_in
from hullmark.scan.relaying import Relayed
from hullmark.scan.skip import Skip
from hullmark.scan.spotting import is_of_checks, is_spotted, subjects
from hullmark.sieve.clamd import Clamd
from hullmark.sieve.options import Daemon, Looking
from hullmark.unit import OpenTree, TreeFile

MAGIC_BYTES = 4
AHEAD_BATCHES = 4
"""On their way to one worker: enough to keep it busy, few to lose with it."""

SLACK_BYTES = 64 * 1024
SLACK_FILES = 8
"""Room that one file and its siblings may take in a batch."""

RETRY_S = 0.02
ROOT_LINKS = ("bin", "sbin", "lib", "lib32", "lib64", "libx32")
"""Folders that merged-/usr systems keep as links, through which package lists may name files."""


class Trees:
    """What reading mounted files needs, for one run."""

    def __init__(
        self,
        zygote: Zygote,
        dispatch: Dispatch,
        *,
        jobs: int,
        skip: Skip,
        looking: Looking,
        charts: ChartOptions,
    ) -> None:
        self._zygote = zygote
        self._dispatch = dispatch
        self.looking = looking
        self.spotted: list[Parsed] = []
        self.subjects: Mapping[str, int] = {}
        self._related: Relating | None = None
        self._jobs = jobs
        self._skip = skip
        self._wholes = Wholes(zygote, skip)
        self._charts = Charts(dispatch, charts, kubernetes=looking.kubernetes, skip=skip)

    def read(self, tree: OpenTree) -> tuple[Inventory, list[Gap]]:
        """Walk the tree once; each wanted file goes to one of the workers."""
        with self._charts:
            return self._read(tree)

    def together(self) -> Contents:
        """What workers say of all files together, told of files that are in the tree."""
        found = self._related.answer() if self._related else Contents()
        return self._charts.told(self._wholes.told(found))

    def _read(self, tree: OpenTree) -> tuple[Inventory, list[Gap]]:
        gaps: list[Gap] = []
        workers = [_Feeder(self._zygote, self.looking.clamd) for _ in range(self._jobs)]
        batch, named = _Batch(), ""
        try:
            for file in self._charts.walked(tree, gaps):
                named = file.path if file.named else named
                if not self._offer(file, batch, gaps):
                    continue
                if batch.full():
                    min(workers, key=_Feeder.outstanding).send(batch)
                    batch = _Batch()
            min(workers, key=_Feeder.outstanding).send(batch)
        finally:
            batch.close()
            for worker in workers:
                worker.finish()
        answers = [each for worker in workers for each in worker.contents()]
        contents = [self._charts.told(each) for each in sorted(answers, key=self._charts.order)]
        gaps += [gap for each in contents for gap in each.gaps]
        parsed, gaps = self._wholes.judged(tree, [*_parsed(contents)], gaps, self._charts.inflating)
        if named and not gaps and (why := self._why_unread(named, parsed)):
            gaps.append(Gap(unit="tree", subject=named, why=why))
        self.spotted = [each for each in parsed if is_spotted(each)]
        self.subjects = subjects(parsed)
        shown = [each for each in gathered_in(parsed) if not tree.hides(each.layer, each.path)]
        waits = any(gap.unit == KUBERNETES for gap in gaps)  # for those of nobody's files
        self._related = None if waits else Relating(self._zygote, shown, ())
        seen = (
            Visible(path=each.path, unit=each.unit, versions=((0, each),))
            for each in parsed
            if not is_of_checks(each)
        )
        links = {name: target for name in ROOT_LINKS if (target := tree.links(name))}
        docs = _DocLinks(tree)
        inventory = Inventory(seen, docs.with_roots(links), [""])
        left = inventory.nobodys(gaps, self._dispatch.of_system)
        self._related = self._related or Relating(self._zygote, shown, left)
        return inventory, left

    def _why_unread(self, path: str, parsed: Sequence[Parsed]) -> str:
        """Why no parser told anything of this file; empty where nobody asked what parsers tell."""
        if self._skip.hides(path):
            return "it was asked for and is left out by the user, too"
        units = self._dispatch.units(path)
        told = any(each.unit in units or not is_spotted(each) for each in parsed)
        if told or (self.looking.content and not self.looking.config):
            return ""
        return "nothing in it is read as packages or configuration"

    def _offer(self, file: TreeFile, batch: "_Batch", gaps: list[Gap]) -> bool:
        """Open a file that a parser wants and put it into the batch."""
        units = list(file.units) or self._dispatch.units(file.path)
        binary = not file.units and file.size >= MAGIC_BYTES and may_be_binary(file.path, file.mode)
        look = file.look and self.looking.content and file.size > 0
        if not (units or binary or look) or (self._skip and self._skip.hides(file.path)):
            return False
        try:
            fd = file.open("")
        except FileNotFoundError:
            return False
        except OSError as error:
            gaps += _unread(units or ["tree"], file.path, error)
            return False
        try:
            if binary:
                units = [*units, *self._dispatch.by_magic(os.pread(fd, MAGIC_BYTES, 0))]
            if not (units or look):
                os.close(fd)
                return False
            siblings = [name for unit in units for name in self._dispatch.beside.get(unit, ())]
            batch.add(file, tuple(units), fd, list(_siblings(file, siblings, gaps)), look=look)
        except OSError as error:
            os.close(fd)
            gaps += _unread(units or ["tree"], file.path, error)
            return False
        return True


def _siblings(file: TreeFile, names: Sequence[str], gaps: list[Gap]) -> Iterator[tuple[str, int]]:
    """Those of the named neighbours that exist; links are none."""
    for name in dict.fromkeys(names):
        try:
            yield name, file.open(name)
        except FileNotFoundError:
            continue
        except OSError as error:
            if error.errno != ELOOP:
                gaps += _unread(["tree"], f"{file.path.rpartition('/')[0]}/{name}", error)


def _unread(units: Sequence[str], path: str, error: OSError) -> list[Gap]:
    return [Gap(unit=unit, subject=path, why=f"not read: {error.strerror}") for unit in units]


class _Batch:
    """Files on their way to a worker."""

    def __init__(self) -> None:
        self.sent: list[Sent] = []
        self.descriptors: list[int] = []
        self._bytes = 0

    def add(
        self,
        file: TreeFile,
        units: tuple[str, ...],
        fd: int,
        siblings: list[tuple[str, int]],
        *,
        look: bool,
    ) -> None:
        """Append a file and the siblings that go with it."""
        self._one(file.path, file, units, fd, len(siblings), look=look)
        folder = file.path.rpartition("/")[0]
        for name, other in siblings:
            self._one(f"{folder}/{name}" if folder else name, file, (), other, 0, look=False)

    def full(self) -> bool:
        """Whether another file might not fit into one message."""
        return (
            len(self.sent) > MAX_BATCH_FILES - SLACK_FILES
            or self._bytes > MAX_BATCH_BYTES - SLACK_BYTES
        )

    def close(self) -> None:
        """Close our copies of the descriptors."""
        for fd in self.descriptors:
            os.close(fd)
        self.descriptors = []

    def _one(
        self,
        path: str,
        file: TreeFile,
        units: tuple[str, ...],
        fd: int,
        beside: int,
        *,
        look: bool,
    ) -> None:
        self.sent.append(
            Sent(
                path=path,
                mode=file.mode,
                uid=file.uid,
                gid=file.gid,
                size=os.fstat(fd).st_size,
                units=units,
                beside=beside,
                look=look,
                layer=file.layer,
            )
        )
        self.descriptors.append(fd)
        self._bytes += len(path) * 4 + 64


class _Feeder:
    """A worker, the socket that feeds it, and a thread that takes its answers.

    The worker is replaced when it dies; what it had not answered yet is named as gaps.
    """

    def __init__(self, zygote: Zygote, clamd: Daemon | None) -> None:
        self._zygote = zygote
        self._clamd = clamd
        self._changed = Condition()
        self._contents: list[Contents] = []
        self._waiting: deque[list[str]] = deque()
        self._begin()

    def outstanding(self) -> int:
        """Batches that were sent and not yet answered."""
        return len(self._waiting)

    def send(self, batch: _Batch) -> None:
        """Hand over a batch, when the worker has room for it."""
        names = [each.path for each in batch.sent if each.units or each.look]
        if not names:
            return
        with self._changed:
            self._changed.wait_for(lambda: self._ended or len(self._waiting) < AHEAD_BATCHES)
            if self._ended:
                self.finish()
                self._begin()
            self._waiting.append(names)
        try:
            self._put(msgspec.msgpack.encode(batch.sent), batch.descriptors)
        finally:
            batch.close()

    def finish(self) -> None:
        """Say that nothing more comes."""
        self._socket.close()

    def contents(self) -> list[Contents]:
        """What the workers found, and a gap for each file that was not answered."""
        self._thread.join()
        return self._contents

    def _begin(self) -> None:
        ours, theirs = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
        self._relayed = Relayed(Clamd(self._clamd) if self._clamd else None)
        self._socket = ours
        self._ended = False
        with theirs:
            self._thread = Thread(target=self._run, args=[self._job(theirs.fileno())], daemon=True)
        self._thread.start()

    def _job(self, feed: int) -> Job | Crash:
        try:
            job = TreeJob(stream_bytes=self._clamd.limit_bytes if self._clamd else 0)
            return self._zygote.start(msgspec.msgpack.encode(job), [feed])
        except Crash as crash:
            return crash

    def _put(self, message: bytes, descriptors: Sequence[int]) -> None:
        """Send; without rights, only so many descriptors of one user may be on their way."""
        while True:
            try:
                socket.send_fds(self._socket, [message], descriptors)
            except (BrokenPipeError, ConnectionResetError):
                return  # the worker died: whoever waits for its answers knows why
            except OSError as error:
                if error.errno != ETOOMANYREFS:
                    raise
                with self._changed:
                    self._changed.wait(RETRY_S)
            else:
                return

    def _run(self, job: Job | Crash) -> None:
        why = "its worker did not answer"
        try:
            if isinstance(job, Crash):
                raise job
            job.result(part=self._take, content=self._relayed.take)
        except (Crash, msgspec.DecodeError) as error:
            why = str(error)
        self._relayed.close()
        with self._changed:
            self._ended = True
            lost = [name for names in self._waiting for name in names]
            gaps = [Gap(unit="tree", subject=name, why=why) for name in lost]
            self._contents.append(Contents(gaps=gaps))
            self._waiting.clear()
            self._changed.notify_all()

    def _take(self, payload: bytearray) -> None:
        """One batch's answer."""
        contents = msgspec.msgpack.decode(payload, type=Contents)
        contents.parsed.extend(self._relayed.parsed())
        contents.gaps.extend(self._relayed.gaps())
        with self._changed:
            if not self._waiting:
                raise Crash("the worker answered what it was not asked")
            self._waiting.popleft()
            self._contents.append(contents)
            self._changed.notify_all()


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
