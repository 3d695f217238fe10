"""Configuration that only several files together tell: whoever opens files helps a jailed worker.

The worker (``scan/assembler.py``) knows which files belong together; it asks for them by path.
"""

import os
import socket
from collections.abc import Iterable, Iterator, Mapping, Sequence
from errno import ELOOP, ENOENT
from functools import partial

import msgspec
from msgspec.structs import replace

from hullmark.charts import Unrendered
from hullmark.charts.places import ARCHIVES
from hullmark.model import Fact, Gap
from hullmark.model.spotted import Root, Spotted
from hullmark.sandbox.zygote import Crash, Zygote
from hullmark.scan.facts import Contents, Parsed
from hullmark.scan.inflating import Inflating, Ready, in_memory
from hullmark.scan.jobs import (
    MAX_BATCH_FILES,
    AssemblyJob,
    Begun,
    ChartWanted,
    Given,
    Wanted,
    Whole,
)
from hullmark.scan.skip import Skip
from hullmark.unit import OpenTree

ORIGIN_BITS = 32
"""As in ``hullmark.model.placed``, which is for workers: it imports YAML."""

MAX_WHOLES = 2000
"""Kustomizations, and files of compose, of one tree; large ones have some hundred."""

MAX_FILES = 20_000
"""Opened for all wholes of a tree."""

MAX_FILE_BYTES = 16 * 1024 * 1024
MAX_BYTES = 128 * 1024 * 1024
"""Of all of them: they stay in the worker's memory, of which there is a gigabyte."""

NOT_THERE = "is not there"

MAX_CRASHES = 5
"""Workers that may die of one tree's wholes before the others are left alone."""

MAX_NAMED = 3
"""Wholes that a finding names; others are counted."""

JUDGED = ("kubernetes", "compose")
"""Parsers whose facts of a file stand back where a whole tells more."""

SYSTEMS = ("kustomize", "compose")


class Wholes:
    """The wholes of one tree."""

    def __init__(self, zygote: Zygote, skip: Skip) -> None:
        self._zygote = zygote
        self._skip = skip
        self._files: dict[str, Mapping[int, str]] = {}

    def judged(
        self, tree: OpenTree, parsed: list[Parsed], gaps: list[Gap], ready: Ready
    ) -> tuple[list[Parsed], list[Gap]]:
        """Facts and gaps of a tree's files, those of wholes instead of those of their parts."""
        roots = [fact for each in parsed for fact in each.facts if isinstance(fact, Root)]
        if not roots:
            return parsed, gaps
        if tree.open is None:
            why = "the files that belong to it cannot be asked for here"
            told = [Gap(unit=each.system, subject=each.path, why=why) for each in roots]
            return parsed, [*gaps, *told]
        job, beyond = _job(roots, parsed)
        inflating = ready(tree, (folder for each in roots for folder in each.charts))
        asked = _Asked(self._zygote, _Giving(tree, self._skip, inflating))
        asked.judge(job)
        self._files = {each.whole: each.files for each in asked.known if each.files}
        covered = {path for each in asked.known for path in each.covered}
        kept = [
            each for each in parsed if not (each.unit in JUDGED and _outer(each.path) in covered)
        ]
        found = _together(
            (whole.whole, parsed) for whole in asked.known for parsed in whole.contents.parsed
        )
        left = [gap for gap in gaps if not (gap.unit in JUDGED and _outer(gap.subject) in covered)]
        told = [gap for each in asked.known for gap in each.contents.gaps]
        return [*kept, *found], [*left, *told, *asked.gaps, *beyond]

    def told(self, contents: Contents) -> Contents:
        """What workers say of objects of all files, told of the files that gave those."""
        if not self._files:
            return contents
        built = (
            (each.path, self._placed(each)) for each in contents.parsed if each.path in self._files
        )
        parsed = [each for each in contents.parsed if each.path not in self._files]
        return replace(contents, parsed=[*parsed, *_together(built)])

    def _placed(self, parsed: Parsed) -> Parsed:
        files = self._files[parsed.path]
        facts: list[Fact] = []
        for each in parsed.facts:
            if isinstance(each, Spotted):
                path = files.get(each.line >> ORIGIN_BITS, each.path)
                facts.append(replace(each, path=path, line=each.line & ((1 << ORIGIN_BITS) - 1)))
        return replace(parsed, facts=facts)


def _outer(path: str) -> str:
    """The archive in which a file lies, or the file itself."""
    outer = path.partition("!/")[0]
    return outer if outer.endswith(ARCHIVES) else path


def _job(roots: Sequence[Root], parsed: Iterable[Parsed]) -> tuple[AssemblyJob, list[Gap]]:
    """What the worker is to build, and gaps for what is too much."""
    paths: dict[str, list[str]] = {system: [] for system in SYSTEMS}
    for each in sorted(roots, key=lambda each: each.path):
        paths[each.system].append(each.path)
    beyond = [
        Gap(unit=system, subject=path, why=f"beyond the {MAX_WHOLES} that are built")
        for system, listed in paths.items()
        for path in listed[MAX_WHOLES:]
    ]
    job = AssemblyJob(
        kustomizations=paths["kustomize"][:MAX_WHOLES],
        composes=paths["compose"][:MAX_WHOLES],
        judged=sorted({each.path for each in parsed if each.unit == "compose"}),
    )
    return job, beyond


class _Asked:
    """Workers that build wholes, one after the other where one dies, and what they answered."""

    def __init__(self, zygote: Zygote, giving: "_Giving") -> None:
        self._zygote = zygote
        self._giving = giving
        self._begun = ""
        self.known: list[Whole] = []
        self.gaps: list[Gap] = []

    def judge(self, job: AssemblyJob) -> None:
        """Have everything judged; what a worker died of is a gap, and left out by the next one."""
        for _ in range(MAX_CRASHES):
            why = self._run(job)
            if not why:
                return
            unit = "kustomize" if self._begun in job.kustomizations else "compose"
            self.gaps.append(Gap(unit=unit, subject=self._begun or "wholes", why=why))
            done = [*(each.whole for each in self.known), *job.done, self._begun]
            job = replace(job, done=sorted({*done}))
            if not self._begun:
                break
        left = {*job.kustomizations, *job.composes} - {*job.done}
        why = "not built: workers died of others"
        self.gaps += [Gap(unit="tree", subject=each, why=why) for each in sorted(left)]

    def _run(self, job: AssemblyJob) -> str:
        """Why the worker did not reach its end, or nothing."""
        self._begun = ""
        ours, theirs = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
        with ours:
            try:
                with theirs:
                    started = self._zygote.start(msgspec.msgpack.encode(job), [theirs.fileno()])
                started.result(part=lambda payload: self._take(payload, ours))
            except (Crash, msgspec.DecodeError) as error:
                return str(error)
        return ""

    def _take(self, payload: bytearray, feed: socket.socket) -> None:
        said = msgspec.msgpack.decode(payload, type=Wanted | ChartWanted | Begun | Whole)
        if isinstance(said, Begun):
            self._begun = said.whole
        elif isinstance(said, Whole):
            self.known.append(said)
            self._begun = ""
        elif isinstance(said, ChartWanted):
            self._giving.give_chart(said, feed)
        else:
            self._giving.give(said, feed)


class _Giving:
    """Opens files of a tree for a worker, within bounds."""

    def __init__(self, tree: OpenTree, skip: Skip, inflating: Inflating) -> None:
        self._tree = tree
        self._skip = skip
        self._inflating = inflating
        self._files = self._bytes = 0

    def give(self, wanted: Wanted, feed: socket.socket) -> None:
        """Send descriptors of what is there, and why the others are not."""
        if len(wanted.paths) > MAX_BATCH_FILES:
            raise Crash("the worker asked for more files at once than it may")
        descriptors: list[int] = []
        one = partial(self._one, descriptors=descriptors)
        _hand_over(wanted.number, map(one, wanted.paths), descriptors, feed)

    def give_chart(self, wanted: ChartWanted, feed: socket.socket) -> None:
        """Send a descriptor of what a chart renders, or why it does not."""
        descriptors: list[int] = []
        try:
            data = msgspec.msgpack.encode(self._inflating.inflated(wanted.inflation))
            descriptors.append(in_memory(data))
            given: int | str = len(data)
        except Unrendered as error:
            given = str(error)
        _hand_over(wanted.number, [given], descriptors, feed)

    def _one(self, path: str, descriptors: list[int]) -> int | str:
        if self._skip and self._skip.hides(path):
            return "is left out by the user"
        try:
            fd = self._opened(path)
        except OSError as error:
            if error.errno == ELOOP:
                return "is a link, or below one, and links are not followed"
            if error.errno == ENOENT and error.strerror == os.strerror(ENOENT):
                return NOT_THERE
            return error.strerror or NOT_THERE
        size = os.fstat(fd).st_size
        if size > MAX_FILE_BYTES or self._files >= MAX_FILES or self._bytes + size > MAX_BYTES:
            os.close(fd)
            return "is beyond what is read to build others"
        self._files += 1
        self._bytes += size
        descriptors.append(fd)
        return size

    def _opened(self, path: str) -> int:
        if self._tree.open is None:
            raise OSError(ENOENT, NOT_THERE)
        return self._tree.open(path)


def _hand_over(
    number: int, files: Iterable[int | str], descriptors: list[int], feed: socket.socket
) -> None:
    """Send what was asked for; ``files`` may open ``descriptors``, which are closed here."""
    try:
        message = msgspec.msgpack.encode(Given(number=number, files=[*files]))
        socket.send_fds(feed, [message], descriptors)
    except (BrokenPipeError, ConnectionResetError):
        return  # the worker died: whoever waits for its answer knows why
    except OSError as error:
        raise Crash(f"files cannot be handed over: {error.strerror}") from error
    finally:
        for descriptor in descriptors:
            os.close(descriptor)


def _together(found: Iterable[tuple[str, Parsed]]) -> Iterator[Parsed]:
    """Facts of wholes; what several tell of one place is told once, and names them."""
    first: dict[tuple[str, str, str, int, bool], tuple[Spotted, dict[str, None]]] = {}
    places: dict[tuple[str, str, str], dict[int, None]] = {}
    for whole, parsed in found:
        others = [fact for fact in parsed.facts if not isinstance(fact, Spotted)]
        if others:
            yield replace(parsed, facts=others)
        for fact in parsed.facts:
            if isinstance(fact, Spotted):
                key = fact.rule, fact.path, fact.at
                places.setdefault(key, {})[fact.line] = None
                first.setdefault((*key, fact.line, bool(fact.allowed)), (fact, {}))[1][whole] = None
    numbers = {key: {line: at for at, line in enumerate(each)} for key, each in places.items()}
    told: dict[str, list[Fact]] = {}
    for (rule, path, at, line, _), (fact, by) in first.items():
        number = numbers[rule, path, at][line]
        told.setdefault(path, []).append(
            replace(
                fact,
                at=at if not number else f"{at} ({number + 1})",
                says=f"{fact.says}; {_by([*by])}" if [*by] != [path] else fact.says,
            )
        )
    for path, facts in told.items():
        yield Parsed(path=path, entry=0, unit="assembly", facts=facts)


def _by(wholes: Sequence[str]) -> str:
    more = len(wholes) - MAX_NAMED
    named = ", ".join(wholes[:MAX_NAMED])
    return f"as built by {named}" + (f" and {more} more" if more > 0 else "")
