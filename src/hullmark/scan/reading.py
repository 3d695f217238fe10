"""Run parsers over one file, and turn whatever goes wrong into gaps."""

import signal
from collections.abc import Callable, Iterable, Mapping, Sequence
from contextlib import suppress
from types import FrameType

from msgspec.structs import replace

from hullmark.model import Fact, File, Gap, Package, ParseError
from hullmark.model.repository import without_login
from hullmark.scan.facts import REPLACED, Parsed, renamed
from hullmark.unit import Parser

FILE_S = 20.0
"""Wall seconds that one parser may take over one file; the largest real ones take about 2."""

MAX_FACTS = 200_000
"""From one file; the largest lock files hold some 10,000 packages."""

MAX_REQUIRED_CHARS = 16 * 1024 * 1024
"""Of all purls that the packages of one file require: as many as a whole TOML document has. One
long name that many packages require is written as often; real lock files stay below 2 MB."""

MAX_WHY_CHARS = 500
"""Errors quote what they stumbled over, which may be a whole file."""

RING_AGAIN_S = 1.0
"""For a parser that took the first ring for an error of its own."""

LINKED = "linked content"
"""The unit under which a hard link tells what its first name has; the facts name that one."""

Watch = Callable[[str, str], None]
"""Told of every parser and file, before the one reads the other."""


class Slow(Exception):  # noqa: N818 - raised into a parser by the clock
    """A parser's time is up."""


class Reading:
    """Parsers by id, and the facts and gaps that they gave so far.

    Belongs to the main thread of a worker: the clock is a signal.
    """

    def __init__(
        self,
        parsers: Mapping[str, Parser],
        layer: str = "",
        watch: Watch = lambda _unit, _path: None,
    ) -> None:
        self._parsers = parsers
        self._layer = layer
        self._watch = watch
        self._parsed: dict[str, dict[str, Parsed | None]] = {}
        self._replaced: list[Parsed] = []
        self.gaps: list[Gap] = []
        signal.signal(signal.SIGALRM, _ring)

    def read(self, file: File, units: Sequence[str], entry: int) -> None:
        """Offer a file to these parsers; facts that came before a failure are kept."""
        for unit in units:
            facts: list[Fact] = []
            why = self._parse(self._parsers[unit], file, facts)
            if why:
                self.gap(unit, file.path, why)
            if any(type(fact) is Package for fact in facts):
                facts = self._of_packages(unit, file.path, facts)
            found = Parsed(path=file.path, entry=entry, unit=unit, facts=facts) if facts else None
            self._parsed.setdefault(file.path, {})[unit] = found

    def _of_packages(self, unit: str, path: str, facts: list[Fact]) -> list[Fact]:
        """Facts without packages that have no name, and without what packages tell too much of."""
        nameless = [fact for fact in facts if isinstance(fact, Package) and _nameless(fact)]
        if nameless:
            self.gap(unit, path, f"names no package beside version {nameless[0].version!r}")
            facts = [fact for fact in facts if not isinstance(fact, Package) or not _nameless(fact)]
        if _required_chars(facts) > MAX_REQUIRED_CHARS:
            why = f"more than {MAX_REQUIRED_CHARS} characters of what packages require"
            self.gap(unit, path, why)
            facts = [
                replace(fact, requires=()) if isinstance(fact, Package) else fact for fact in facts
            ]
        return [_without_logins(fact) for fact in facts]

    def look(self, unit: str, file: File, entry: int, found: Callable[[], Iterable[Fact]]) -> None:
        """What looking at a file tells, under the same clock."""
        facts: list[Fact] = []
        why = self._run(unit, file.path, found, facts)
        if why:
            self.gap(unit, file.path, why)
        told = Parsed(path=file.path, entry=entry, unit=unit, facts=facts) if facts else None
        self._parsed.setdefault(file.path, {})[unit] = told

    def note(self, unit: str, path: str, entry: int, fact: Fact) -> None:
        """One fact that needs no reading."""
        told = Parsed(path=path, entry=entry, unit=unit, facts=[fact])
        self._parsed.setdefault(path, {})[unit] = told

    def parsed(self) -> list[Parsed]:
        """Every file's facts, in the order they were read."""
        told = [found for units in self._parsed.values() for found in units.values() if found]
        return [*told, *self._replaced]

    def taken(self) -> list[Parsed]:
        """The same, which is then no longer remembered."""
        found, self._parsed, self._replaced = self.parsed(), {}, []
        return found

    def forget(self, path: str, unit: str) -> None:
        """Drop a file's facts, since another replaced it; those of ``unit`` stay ``REPLACED``."""
        found = self._parsed.pop(path, {}).get(unit)
        if found:
            self._replaced.append(replace(found, unit=REPLACED))

    def copy(self, path: str, name: str, units: Sequence[str], entry: int) -> bool:
        """Give ``name`` the facts of ``path``; false when not all units have read that."""
        done = self._parsed.get(path, {})
        if not all(unit in done for unit in units):
            return False
        for unit in units:
            found = done[unit]
            moved = found and Parsed(
                path=name,
                entry=entry,
                unit=unit,
                facts=[renamed(fact, path, name) for fact in found.facts],
            )
            self._parsed.setdefault(name, {})[unit] = moved
        return True

    def link(self, unit: str, path: str, name: str, entry: int) -> None:
        """Tell under another name, as ``LINKED``, what looking at a file told of it."""
        found = self._parsed.get(path, {}).get(unit)
        if found:
            linked = Parsed(path=name, entry=entry, unit=LINKED, facts=found.facts)
            self._parsed.setdefault(name, {})[LINKED] = linked

    def gap(self, unit: str, subject: str, why: str) -> None:
        """Remember what could not be looked at."""
        why = why[:MAX_WHY_CHARS].encode(errors="backslashreplace").decode()
        self.gaps.append(Gap(unit=unit, subject=subject, why=why, layer=self._layer))

    def _parse(self, parser: Parser, file: File, facts: list[Fact]) -> str:
        """Why the parser did not reach its end, or nothing."""
        return self._run(parser.id, file.path, lambda: parser.parse(file), facts)

    def _run(
        self, unit: str, path: str, found: Callable[[], Iterable[Fact]], facts: list[Fact]
    ) -> str:
        self._watch(unit, path)
        try:
            signal.setitimer(signal.ITIMER_REAL, FILE_S, RING_AGAIN_S)
            try:
                for fact in found():
                    facts.append(fact)
                    if len(facts) > MAX_FACTS:
                        return f"more than {MAX_FACTS} facts in one file"
            finally:
                signal.setitimer(signal.ITIMER_REAL, 0)
        except BaseException as error:  # noqa: BLE001 - the gap-maker: one bad file must not cost the rest
            _silence()
            return _reason(error)
        return ""


def _nameless(package: Package) -> bool:
    return not package.name or package.name.isspace()


def _without_logins(fact: Fact) -> Fact:
    """A fact that repeats no password of the URL that a package is from."""
    if not isinstance(fact, Package) or "@" not in "".join(
        (fact.version, *fact.qualifiers.values())
    ):
        return fact
    clean = {key: without_login(value) for key, value in fact.qualifiers.items()}
    return replace(fact, version=without_login(fact.version), qualifiers=clean)


def _required_chars(facts: Sequence[Fact]) -> int:
    return sum(
        sum(map(len, fact.requires))
        for fact in facts
        if isinstance(fact, Package) and fact.requires
    )


def _reason(error: BaseException) -> str:
    """What a failed parser is reported with."""
    match error:
        case ParseError():
            return error.why
        case Slow():
            return f"not read within {FILE_S:.0f} s"
        case MemoryError():
            return "needs more memory than a parser may use"
        case RecursionError():
            return "nested too deeply"
    said = ""
    with suppress(Exception):  # an error may fail to say what it is
        said = str(error)
    return f"{type(error).__name__}: {said}"[:300]


def _silence() -> None:
    """Stop a clock that rang again before it was stopped, as it may where a file takes seconds."""
    while True:
        try:
            signal.setitimer(signal.ITIMER_REAL, 0)
        except Slow:
            continue
        return


def _ring(_signal: int, _frame: FrameType | None) -> None:
    raise Slow
