"""Files of configuration mended, in a jailed worker: each change is kept only if it holds.

After a change the file is read and judged again: it says the same but for the change, the check is
silent there, and no other check speaks that did not before, but one that weighs less: of a service
that is not privileged any more it is asked which capabilities it drops. What fails is not made.
"""

import signal
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from re import compile as regex

from msgspec import Struct
from msgspec.structs import replace

from hullmark.checks.kube_mends import REJECTED
from hullmark.checks.mending import Mending, place_of
from hullmark.checks.written import IN_SUDO, Written
from hullmark.model import File, ParseError, Severity
from hullmark.model.config_edits import (
    Change,
    ConfigAnswer,
    ConfigAsk,
    ConfigOutcome,
    EditError,
    Extra,
    Path,
    Place,
    in_order,
    made,
    shifted,
    untouched,
)
from hullmark.model.documents import DocumentError
from hullmark.model.mending import Edit, Left, applied
from hullmark.model.placed import documents, of_kubernetes
from hullmark.model.yaml import scalar
from hullmark.model.yaml_edits import edited
from hullmark.scan.build_checks import as_far_as_built
from hullmark.scan.claim_counts import Claims, by_rule, counted, further, spot
from hullmark.scan.claiming import Claimed
from hullmark.scan.config_files import SYSTEMS, Judging, System
from hullmark.scan.dispatch import Claim, Dispatch
from hullmark.scan.moved_lines import labels_of, moved
from hullmark.scan.reading import Slow
from hullmark.scan.told_by_variable import keep_variables
from hullmark.sieve.options import NOTHING, Looking

MAX_FILE_BYTES = 1024 * 1024
"""Of a file that is mended; those that people write have some KB."""

MAX_TRIALS = 400
"""Times that one file is judged: a rule's places go together, and one by one where that fails."""

MAX_ROUNDS = 3
"""In which what a change brought about is mended in turn; it weighs less each time."""

MAX_SECONDS = 60.0
"""For one file; the largest that people write take some 5."""

TEMPLATED = b"{{"
TEMPLATE = "templates are not mended: what is judged is what they render to"
UNSEEN = (
    "the file alone does not show it: several files build what it is told of, or it has changed"
)
ELSEWHERE = "after other changes it is told of at another place"
BY_ANOTHER = "a change for another rule ended it"
PASSING = (IN_SUDO, REJECTED, "not changed: comments would be lost")
RISKY = "not made without --risky: it {}"
TOO_SLOW = f"mending the file took more than {MAX_SECONDS:.0f} seconds"
TOO_MANY = f"after {MAX_TRIALS} trials nothing more is tried in this file"

_line = regex(r"(?<=\bline )\d+").sub
_step = regex(r"\bhistory step \d+").sub


class _Wanted(Struct, frozen=True, kw_only=True):
    """A claim with what mends it."""

    place: Place
    mending: Mending
    severity: Severity
    proposed: tuple[Change | Edit, ...]


class ConfigMender:
    """All checks of all kinds of file, made once before workers are forked."""

    def __init__(self, looking: Looking = NOTHING) -> None:
        self._judging = {each.id: Judging(_mended(each), looking) for each in SYSTEMS}
        self._dispatch = Dispatch(
            Claim(id=each.id, version=1, names=each.names) for each in SYSTEMS
        )

    def mended(self, ask: ConfigAsk, watch: Callable[[str, str], None]) -> ConfigAnswer:
        """One file; whatever goes wrong leaves it as it is, with the reason."""
        watch("mending", ask.path)
        signal.signal(signal.SIGALRM, _ring)
        signal.setitimer(signal.ITIMER_REAL, MAX_SECONDS)
        try:
            kinds = self._dispatch.units(ask.path)
            return _File(ask, {id: self._judging[id] for id in kinds}).run()
        except Slow:
            return untouched(ask, TOO_SLOW)
        except (MemoryError, RecursionError):
            return untouched(ask, "it is larger or deeper than what is changed")
        finally:
            signal.setitimer(signal.ITIMER_REAL, 0)


def _mended(system: System) -> System:
    """A kind of file as it is read for mends: a Dockerfile within compose that is none is left.

    Nothing changes within those, and the scan has told of this one; the rest is judged as it is.
    """
    if system.id != "compose":
        return system
    return replace(system, read=lambda file, _: as_far_as_built(file, []))


def _ring(*_: object) -> None:
    raise Slow


class _File:
    """One file on its way."""

    def __init__(self, ask: ConfigAsk, judging: Mapping[str, Judging]) -> None:
        self._ask = ask
        self._judging = judging
        self._data = ask.data
        self._outcomes: dict[Place, ConfigOutcome] = {}
        self._now: dict[Place, Place | None] = {}
        self._trials = 0
        self._labels = labels_of(ask.data)
        self._is_template = [*judging] == ["kubernetes"] and TEMPLATED in ask.data

    def run(self) -> ConfigAnswer:
        """Rule after rule, each on what the others left."""
        if len(self._ask.data) > MAX_FILE_BYTES:
            why = f"the file is larger than {MAX_FILE_BYTES} bytes"
            return untouched(self._ask, why)
        try:
            claims = first = self._claims(self._data, self._labels)
        except ParseError as error:
            return untouched(self._ask, TEMPLATE if self._is_template else error.why)
        named = {self._told(each): place for place, each in first.items()}
        asked = {named[each]: first[named[each]] for each in self._ask.places if each in named}
        told = self._outcomes
        try:
            claims = self._further_too(self._all(asked, claims), first)
            self._outcomes = told
            claims = self._again(claims)
            ended = _honest(told, first, claims)
            why = UNSEEN if self._judging else ""  # what to do is the rule's to say
            why = TEMPLATE if self._is_template else why
        except Slow:
            ended = {place: each for place, each in told.items() if each.why != BY_ANOTHER}
            why = TOO_SLOW
        unseen = ConfigOutcome(place=Place(rule="", at=""), why=why)
        known = ((each, named.get(each, each)) for each in self._ask.places)
        outcomes = tuple(replace(ended.get(place, unseen), place=each) for each, place in known)
        return ConfigAnswer(path=self._ask.path, after=self._data, outcomes=outcomes)

    def _further_too(self, claims: Claims, first: Claims) -> Claims:
        """With what the changes brought about mended in turn, of which nobody is told."""
        for _ in range(MAX_ROUNDS if self._ask.further else 0):
            new = further(counted(first), claims)
            wanted = {place: new[place] for place in new if place.rule not in self._ask.never}
            if self._data == self._ask.data or not wanted:
                break
            self._outcomes = {}
            claims = self._all(wanted, claims)
        return claims

    def _told(self, claimed: Claimed) -> Place:
        """The place as findings have it."""
        return Place(rule=claimed.spotted.rule, at=claimed.spotted.at or self._ask.path)

    def _all(self, asked: Claims, claims: Claims) -> Claims:
        """What is asked for mended, the most severe first."""
        order = {each.spotted.rule: -each.spotted.severity for each in asked.values()}
        self._now |= {place: place for place in asked}
        for rule in sorted(order, key=lambda rule: (order[rule], rule)):
            places = [place for place in asked if place.rule == rule]
            wanted = [each for place in places for each in self._still_wanted(place, claims)]
            claims = self._mend(wanted, claims)
        return self._again(claims)

    def _again(self, claims: Claims) -> Claims:
        """What was left for something that another rule's change has ended since."""
        left = [
            place
            for place, each in self._outcomes.items()
            if not each.mended and each.why.startswith(PASSING) and self._now.get(place) in claims
        ]
        wanted = [each for place in left for each in self._still_wanted(place, claims)]
        return self._mend(wanted, claims)

    def _wanted(self, place: Place, claimed: Claimed) -> Iterable[_Wanted]:
        mending = claimed.check.mend
        if mending is None:
            self._left(place, claimed.check.left)
            return
        if mending.risky and not self._ask.risky:
            self._left(place, RISKY.format(mending.breaks))
            return
        try:
            subject = claimed.subject
            if mending.of_text:
                subject = Written(subject, self._data.decode("latin-1"))
            proposed = list(mending.edits(subject, claimed.evidence))
        except (EditError, ParseError, ValueError, LookupError) as error:
            self._left(place, str(error) or "its place is not found")
            return
        changes = [each for each in proposed if not isinstance(each, Left)]
        whys = [each.why for each in proposed if isinstance(each, Left)]
        if whys or not changes:
            self._left(place, "; ".join(whys))
            return
        yield _Wanted(
            place=place,
            mending=mending,
            severity=claimed.spotted.severity,
            proposed=tuple(changes),
        )

    def _mend(self, wanted: Sequence[_Wanted], claims: Claims) -> Claims:
        """All of one rule together, or one by one where that does not hold."""
        if not wanted:
            return claims
        dropped: list[Path] = []
        data, after, why = self._tried(wanted, claims, dropped)
        if not why:
            self._labels = self._moved(wanted)
            self._keep(wanted, data)
            self._follow(dropped, claims, after)
            return after
        if len(wanted) == 1:
            self._left(wanted[0].place, why)
            return claims
        middle = len(wanted) // 2
        halves = [wanted[middle:], wanted[:middle]]
        if wanted[0].mending.of_text:  # in which what a command holds is told of after it
            halves.reverse()
        for half in halves:
            again = [one for each in half for one in self._still_wanted(each.place, claims)]
            claims = self._mend(again, claims)
        return claims

    def _still_wanted(self, place: Place, claims: Claims) -> Iterable[_Wanted]:
        """What is wanted of a place in a file that may have changed since."""
        now = self._now[place]
        if now is not None and now in claims:
            yield from self._wanted(place, claims[now])
        else:
            self._outcomes[place] = ConfigOutcome(place=place, mended=True, why=BY_ANOTHER)

    def _follow(self, dropped: Sequence[Path], claims: Claims, after: Claims) -> None:
        """Where the places are in lists of which entries were dropped."""
        if not any(isinstance(each[-1], int) for each in dropped):
            return
        found = {(place.rule, _path(each)): place for place, each in after.items()}
        for place, now in self._now.items():
            if now is not None and now in claims:
                path = shifted(_path(claims[now]), dropped)
                self._now[place] = None if path is None else found.get((place.rule, path))

    def _tried(
        self, wanted: Sequence[_Wanted], claims: Claims, dropped: list[Path]
    ) -> tuple[bytes, Claims, str]:
        """The file after these changes and what is said of it, and why it cannot stay so."""
        if self._trials >= MAX_TRIALS:
            return self._data, claims, TOO_MANY
        self._trials += 1
        changes = in_order(change for each in wanted for change in each.proposed)
        try:
            data = self._changed(changes, dropped)
            after = self._claims(data, self._moved(wanted))
        except (EditError, ParseError, DocumentError, UnicodeError) as error:
            return self._data, claims, f"not changed: {error}"
        before, now = counted(claims), counted(after)
        gone = Counter((each.place.rule, spot(each.place.at)) for each in wanted)
        for key, count in gone.items():
            if now[key] > before[key] - count:
                return self._data, claims, "not changed: the change would not end it"
        most = min(each.severity for each in wanted)
        then, later = by_rule(claims), by_rule(after)
        for place, claimed in after.items():
            is_new = later[place.rule] > then[place.rule]
            if is_new and claimed.spotted.severity >= most:
                why = f"not changed: the change would bring about {place.rule}"
                return self._data, claims, why
        return data, after, ""

    def _changed(self, changes: Sequence[Change | Edit], dropped: list[Path]) -> bytes:
        edits = [each for each in changes if isinstance(each, Edit)]
        if edits:
            try:
                return applied(self._data, edits)
            except ValueError as error:
                raise EditError(str(error)) from error
        of_yaml = [each for each in changes if not isinstance(each, Edit)]
        mark = b"\xef\xbb\xbf" if self._data.startswith(b"\xef\xbb\xbf") else b""
        text = self._data[len(mark) :].decode()
        data = mark + edited(text, of_yaml).encode()
        resolve = of_kubernetes if [*self._judging] == ["kubernetes"] else scalar
        want = [_plain(each) for each in documents(self._data, resolve)]
        if "compose" in self._judging:
            keep_variables(want, of_yaml)
        dropped[:] = made(want, of_yaml)
        have = [_plain(each) for each in documents(data, resolve)]
        if have[: len(want)] != want or len(have) != len(want) + _extras(of_yaml):
            raise EditError("more than what is meant would change")
        return data

    def _moved(self, wanted: Sequence[_Wanted]) -> list[str]:
        """The names of the lines after changes of text."""
        edits = [each for one in wanted for each in one.proposed if isinstance(each, Edit)]
        return moved(self._data, self._labels, edits) if edits else self._labels

    def _claims(self, data: bytes, labels: Sequence[str]) -> Claims:
        """What all checks say of these bytes; ``ParseError`` where one of them fails.

        Places name lines as they were called before anything was changed.
        """
        file = File(path=self._ask.path, content=data)
        failed: list[str] = []
        found = dict[Place, Claimed]()
        for judging in self._judging.values():
            for each in judging.claims(file, Counter(), failed):
                told = self._told(each)
                found[replace(told, at=_named(told.at, each.evidence.line, labels))] = each
        if failed:
            raise ParseError(self._ask.path, failed[0])
        return found

    def _keep(self, wanted: Sequence[_Wanted], data: bytes) -> None:
        """The changed bytes and what is told of them: the clock does not ring between the two."""
        outcomes = [
            ConfigOutcome(place=each.place, mended=True, why=_done(each.mending)) for each in wanted
        ]
        left, _ = signal.setitimer(signal.ITIMER_REAL, 0)
        self._outcomes.update({each.place: each for each in outcomes})
        self._data = data
        signal.setitimer(signal.ITIMER_REAL, left)

    def _left(self, place: Place, why: str) -> None:
        self._outcomes[place] = ConfigOutcome(place=place, why=why)


def _done(mending: Mending) -> str:
    """What was done, and what that may break."""
    return f"{mending.says}; it {mending.breaks}" if mending.breaks else mending.says


def _named(at: str, line: int, labels: Sequence[str]) -> str:
    """A place with its lines by their names, those of the history by the line they are in.

    What is added and what is copied have one name, as one becomes the other.
    """

    def name(number: int) -> str:
        return labels[number - 1] if 0 < number <= len(labels) else str(number)

    at = _line(lambda found: name(int(found[0][:9])), at)
    return _step(f"history line {name(line)}", at.replace("ADD in line", "COPY in line", 1))


def _path(claimed: Claimed) -> Path:
    return place_of(claimed.subject, claimed.evidence)


def _honest(
    outcomes: Mapping[Place, ConfigOutcome], first: Claims, last: Claims
) -> dict[Place, ConfigOutcome]:
    """The outcomes, where as many places of a rule are silent as were said to be mended."""
    told = Counter(place.rule for place, each in outcomes.items() if each.mended)
    begun, stays = by_rule(first), by_rule(last)
    found = dict(outcomes)
    for place, each in outcomes.items():
        if each.why == BY_ANOTHER and begun[place.rule] - told[place.rule] < stays[place.rule]:
            check = first[place].check
            found[place] = ConfigOutcome(place=place, why=ELSEWHERE if check.mend else check.left)
            told[place.rule] -= 1
    return found


def _extras(changes: Iterable[Change]) -> int:
    return sum(isinstance(each, Extra) for each in changes)


def _plain(value: object) -> object:
    """A value of its own, which shares nothing with others that an alias made of it."""
    if isinstance(value, dict):
        return {key: _plain(each) for key, each in value.items()}
    if isinstance(value, list):
        return [_plain(each) for each in value]
    return value
