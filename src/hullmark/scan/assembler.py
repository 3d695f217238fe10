"""Wholes of several files, built and judged in a jailed worker: kustomizations, compose projects.

What is told of a whole is told of the file and the line that gave it.
"""

import os
import signal
import socket
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import suppress

import msgspec
from msgspec.structs import replace

from hullmark.checks.compose_project import BASES, Project
from hullmark.checks.declare_config import BUNDLE, POD
from hullmark.checks.kube import Object
from hullmark.checks.kustomize.building import Builder, Built
from hullmark.checks.kustomize.reading import Reader
from hullmark.checks.kustomize.resource import Resource
from hullmark.checks.origins import BuildError, Origins, folder_of
from hullmark.model import Evidence, Fact, File, ParseError, Rule
from hullmark.model.gathered import Gathered
from hullmark.model.inflation import Inflated, Inflation
from hullmark.model.placed import ORIGIN_BITS
from hullmark.model.repository import without_login
from hullmark.model.spotted import Spotted
from hullmark.model.spotted import Subjects as Judged
from hullmark.sandbox.zygote import PART, Emit
from hullmark.scan.annotations import annotated
from hullmark.scan.build_checks import builds_of
from hullmark.scan.config_files import judging_of
from hullmark.scan.facts import Contents
from hullmark.scan.gathering import gathered
from hullmark.scan.jobs import (
    MAX_BATCH_BYTES,
    MAX_BATCH_FILES,
    AssemblyJob,
    Begun,
    ChartWanted,
    Given,
    Wanted,
    Whole,
)
from hullmark.scan.lines import Lines
from hullmark.scan.reading import Reading
from hullmark.unit import Parser

MAX_GAPS = 100
"""Told of one whole; others are counted."""

MAX_COST = 10_000_000
"""Of all wholes of a tree, in values that are made: some minutes."""

OBJECT_COST = 100
"""Of one object, which is judged."""

COST_BYTES = 5
"""So many bytes of compose cost one: each project reads its files anew."""

KUSTOMIZE, COMPOSE = "kustomize", "compose"


def assemble(
    job: AssemblyJob,
    feed: int,
    parsers: Mapping[str, Parser],
    reading: Reading,
    emit: Emit,
) -> Contents:
    """Answer every whole by a part of its own; in the end there is nothing more to say."""
    with socket.socket(socket.AF_UNIX, socket.SOCK_SEQPACKET, 0, fileno=feed) as socket_:
        _Assembling(job, _Asking(socket_, emit), parsers, reading, emit).run()
    return Contents()


class _Asking:
    """Asks the parent for files, over the socket that it feeds."""

    def __init__(self, feed: socket.socket, emit: Emit) -> None:
        self._feed = feed
        self._emit = emit
        self._number = 0

    def fetch(self, paths: Sequence[str]) -> dict[str, bytes | str]:
        """Files by path, or why there are none."""
        found: dict[str, bytes | str] = {}
        for start in range(0, len(paths), MAX_BATCH_FILES):
            some = list(paths[start : start + MAX_BATCH_FILES])
            self._number += 1
            self._emit(PART, msgspec.msgpack.encode(Wanted(number=self._number, paths=some)))
            found.update(zip(some, self._answer(), strict=True))
        return found

    def inflate(self, inflation: Inflation) -> Inflated:
        """What a chart renders; ``ValueError`` where it does not.

        Who renders has a clock of its own. Ours stands still meanwhile: a chart that takes all its
        time must not take that of the whole that comes next, which would wait for it.
        """
        self._number += 1
        wanted = ChartWanted(number=self._number, inflation=inflation)
        left_s, then_s = signal.setitimer(signal.ITIMER_REAL, 0)
        try:
            self._emit(PART, msgspec.msgpack.encode(wanted))
            (found,) = self._answer()
        finally:
            signal.setitimer(signal.ITIMER_REAL, left_s, then_s)
        if isinstance(found, bytes):
            return msgspec.msgpack.decode(found, type=Inflated)
        raise ValueError(found)

    def _answer(self) -> Iterator[bytes | str]:
        while True:
            message, opened, _, _ = socket.recv_fds(self._feed, MAX_BATCH_BYTES, MAX_BATCH_FILES)
            if not message:
                raise BuildError("nobody gives files any more")
            given = msgspec.msgpack.decode(message, type=Given)
            try:
                if given.number == self._number:  # an answer to what was given up comes late
                    descriptors = iter(opened)
                    for each in given.files:
                        yield (
                            each if isinstance(each, str) else os.pread(next(descriptors), each, 0)
                        )
                    return
            finally:
                for descriptor in opened:
                    os.close(descriptor)


class _Assembling:
    """All wholes of one tree."""

    def __init__(
        self,
        job: AssemblyJob,
        asking: _Asking,
        parsers: Mapping[str, Parser],
        reading: Reading,
        emit: Emit,
    ) -> None:
        self._job = job
        self._origins = Origins(asking.fetch)
        self._inflate = asking.inflate
        self._kubernetes = judging_of(parsers["kubernetes"])
        self._compose = judging_of(parsers[COMPOSE])
        self._reading = reading
        self._emit = emit
        self._cost = 0
        self._covered: list[str] = []
        self._extended: dict[str, dict[str, None]] = {}
        self._visited: dict[str, None] = {}

    def run(self) -> None:
        """Build and judge every whole, each under a clock."""
        for path in self._outermost():
            self._whole(KUSTOMIZE, path, self._kustomization)
        for path in self._job.kustomizations:
            if path not in self._visited:
                self._whole(KUSTOMIZE, path, self._kustomization)
        for path in self._projects():
            self._whole(COMPOSE, path, self._project)

    def _whole(self, unit: str, path: str, facts: Callable[[str], Iterator[Fact]]) -> None:
        if path in self._job.done:
            return
        self._emit(PART, msgspec.msgpack.encode(Begun(whole=path)))
        self._covered = []
        self._origins.touched.clear()
        if self._cost <= MAX_COST:
            self._reading.look(unit, File(path=path, content=b""), 0, lambda: facts(path))
        else:
            self._reading.gap(unit, path, "not built: those before it used up what all may")
        contents = Contents(parsed=self._reading.taken(), gaps=[*self._reading.gaps])
        self._reading.gaps.clear()
        files = {} if unit == COMPOSE else dict(self._origins.touched)
        whole = Whole(whole=path, covered=self._covered, contents=contents, files=files)
        self._emit(PART, msgspec.msgpack.encode(whole))

    def _outermost(self) -> list[str]:
        """Kustomizations that no other one is made of."""
        reader, inner = Reader(self._origins), set[str]()

        def find() -> Iterator[Fact]:
            self._origins.want(self._job.kustomizations)
            for path in self._job.kustomizations:
                inner.update(_parts(reader, path))
            yield from ()

        name = File(path="kustomizations", content=b"")
        self._reading.look(KUSTOMIZE, name, 0, find)
        return [each for each in self._job.kustomizations if each not in inner]

    def _projects(self) -> list[str]:
        """Files of compose that are no part of another one; some of their services may be."""
        inner = set[str]()

        def find() -> Iterator[Fact]:
            self._origins.want(self._job.composes)
            for path in self._job.composes:
                project = Project(self._origins)
                with suppress(BuildError):  # told when it is judged itself
                    project.read(path)
                inner.update(each for each in project.covered if each != path)
                for file, service in project.extended:
                    self._extended.setdefault(file, {})[service] = None
            yield from ()

        self._reading.look(COMPOSE, File(path="projects", content=b""), 0, find)
        extended = self._extended.keys() & {*self._job.judged}
        return sorted({*self._job.composes, *extended} - inner)

    def _kustomization(self, path: str) -> Iterator[Fact]:
        builder = Builder(self._origins, self._inflate)
        self._visited[path] = None
        try:
            if builder.reader.kustomization(path) is None:
                return
            built = builder.build(path)
        except BuildError as error:
            raise ParseError(path, without_login(str(error))) from error
        finally:
            self._cost += builder.spent
            self._visited.update(builder.visited)
        self._cost += len(built.resources) * OBJECT_COST
        facts = list(self._of_objects(path, built))
        self._covered = [*builder.visited, *builder.reader.used]
        yield from facts

    def _of_objects(self, path: str, built: Built) -> Iterator[Fact]:
        telling = _Telling(self._origins, path)
        judging, failed = self._kubernetes, list[str]()
        version = judging.looking.kubernetes
        counts, found = Counter[str](), list[Object]()
        for each in built.resources:
            subject = Object(each.body, version=version)
            found.append(subject)
            kinds = (subject.kind, POD) if subject.pod else (subject.kind,)
            said = {subject.name: each}
            for check, told in judging.says(kinds, subject, counts, failed):
                yield from telling.spotted(check.rule, told, subject, said)
        if found:
            counts.update(("kubernetes", f"kubernetes/{BUNDLE}"))
            yield Judged(path=path, counts=dict(counts))
            yield from self._together(path, found, telling, failed, is_whole=not built.gaps)
        self._tell(KUSTOMIZE, path, [*built.gaps, *failed])

    def _together(
        self,
        path: str,
        objects: list[Object],
        telling: "_Telling",
        failed: list[str],
        *,
        is_whole: bool,
    ) -> Iterator[Gathered]:
        """Objects for checks across files, under the path of their kustomization."""
        try:
            yield gathered(path, objects, telling.comments(), rendered=is_whole)
        except ParseError as error:
            failed.append(error.why)
        if not is_whole:
            yield Gathered(path=path, count=0, packed=b"")

    def _project(self, path: str) -> Iterator[Fact]:
        """A project; services that others extend are left to those, but of what is run itself."""
        project = Project(self._origins)
        is_run = path.rpartition("/")[2] in BASES
        without = [] if is_run else [*self._extended.get(path, ())]
        try:
            compose = project.read(path, without)
        except BuildError as error:
            raise ParseError(path, without_login(str(error))) from error
        finally:
            size = sum(len(self._origins.bytes_of(each)) for each in project.covered)
            self._cost += size // COST_BYTES
        if not (compose.listed or project.gaps or without):
            return
        telling, failed = _Telling(self._origins, path), list[str]()
        facts, counts = list[Fact](), Counter[str]()
        for check, told in self._compose.says((), compose, counts, failed):
            facts += telling.spotted(check.rule, told, compose, {})
        for build, origin in builds_of(compose, failed):
            for rule, of, told in self._compose.of_inline(build, counts, failed):
                placed = (replace(each, line=each.line + origin) for each in told)
                facts += telling.spotted(rule.rule, placed, of, {})
        facts.append(Judged(path=path, counts=dict(counts)))
        self._covered = [*project.covered]
        self._tell(COMPOSE, path, [*project.gaps, *failed])
        yield from facts

    def _tell(self, unit: str, path: str, gaps: Sequence[str]) -> None:
        for why in gaps[:MAX_GAPS]:
            self._reading.gap(unit, path, why)
        if len(gaps) > MAX_GAPS:
            self._reading.gap(unit, path, f"{len(gaps) - MAX_GAPS} more parts are missing")


def _parts(reader: Reader, path: str) -> Iterator[str]:
    """Kustomizations that one names as parts of it; none where it cannot be read."""
    try:
        body = reader.kustomization(path)
    except BuildError:
        return  # told when it is built itself
    for key in ("resources", "bases", "components"):
        for entry in body.texts(key) if body else ():
            try:
                inner = reader.target(folder_of(path), entry)[0]
            except BuildError:
                continue  # told when it is built
            if inner and inner != path:
                yield inner


class _Telling:
    """Turns what checks say of a whole into facts of the files that it is made of."""

    def __init__(self, origins: Origins, whole: str) -> None:
        self._origins = origins
        self._whole = whole
        self._lines: dict[str, Lines] = {}

    def spotted(
        self,
        rule: Rule,
        found: Iterable[Evidence],
        subject: object,
        said: Mapping[str, Resource],
    ) -> Iterator[Spotted]:
        """Facts, with the names that the files give to objects."""
        return (self._spotted(rule, each, subject, said) for each in found)

    def _spotted(
        self, rule: Rule, evidence: Evidence, subject: object, said: Mapping[str, Resource]
    ) -> Spotted:
        name, space, rest = evidence.at.partition(" ")
        origin = said.get(name)
        line = evidence.line or (origin.line if origin else 0)
        path, line = self._origins.place(line)
        path = path or self._whole
        lines = self._of(path)
        reason = lines.allowed(rule.id, line) or annotated(rule.id, subject)
        return Spotted(
            rule=rule.id,
            kind=rule.kind,
            severity=rule.severity,
            path=path,
            at=f"{origin.said}{space}{rest}" if origin else evidence.at,
            says=without_login(evidence.says),
            line=line,
            allowed=reason or "",
        )

    def comments(self) -> dict[int, Sequence[tuple[str, str]]]:
        """What comments accept, by lines that lead to their file."""
        return {
            (number << ORIGIN_BITS) + line: said
            for number, path in self._origins.touched.items()
            for line, said in self._of(path).comments().items()
        }

    def _of(self, path: str) -> Lines:
        if path not in self._lines:
            content = b"" if self._origins.why_not(path) else self._origins.bytes_of(path)
            self._lines[path] = Lines(File(path=path, content=content))
        return self._lines[path]
