"""Packages against advisories: one finding for each vulnerability of a package."""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import UTC, datetime, timedelta
from functools import cache, partial
from itertools import islice
from typing import NamedTuple

from hullmark.advisories import STALE_DAYS, UNIT, Matched
from hullmark.advisories.grouping import Group, Hit, grouped, is_no_fault, leading
from hullmark.advisories.grouping import told as names_in
from hullmark.advisories.kernels import aside
from hullmark.advisories.malicious import is_all, is_malicious, malicious_rule
from hullmark.advisories.modules import is_of_other, is_of_other_stream
from hullmark.advisories.origins import Foreign
from hullmark.advisories.places import Place, places_of, why_nowhere
from hullmark.advisories.ranges import highest, judged
from hullmark.advisories.risk import Exposed, Weight, weight
from hullmark.advisories.rules import rule_of, unfixed
from hullmark.advisories.symbols import Identity, Programs, merged
from hullmark.advisories.unread import unread
from hullmark.advisories.upgrades import Ahead, ahead
from hullmark.model import (
    Distribution,
    Evidence,
    Finding,
    Fix,
    Gap,
    Kind,
    Package,
    ParseError,
    Rule,
    Severity,
)
from hullmark.model.advisory import Affected, Head, Import
from hullmark.model.ecosystems import FED
from hullmark.model.exemption import Suppressed
from hullmark.model.go_symbols import GoSymbols
from hullmark.model.phrases import first
from hullmark.store.advisory_file import Advisories, Overlaid

NO_DATA = "no advisories of it are on hand: hullmark advisories update"
MAX_NAMED = 3
"""Packages that a gap names of those of which nothing is known."""

AT_ONCE = 1000
"""Packages that are looked for with the same questions."""

MAX_FINDINGS = 500_000
"""Ours; a host with four kernels of an old distribution has some 20,000."""

NOT_KNOWN = Exposed()
"""Of what is in no image, or in one whose configuration says nothing."""

_STARTED = "; the image starts it"

Places = tuple[Place, ...]
Entries = Mapping[str, Sequence[tuple[str, Affected]]]


def matched(
    packages: Iterable[Package],
    distribution: Distribution | None,
    known: Advisories,
    *,
    now: datetime,
    stale_days: int = STALE_DAYS,
    exposed: Exposed = NOT_KNOWN,
    programs: Mapping[str, GoSymbols] = {},
    proofs: Mapping[Identity, str] = {},
    running_kernel: str | None = None,
) -> Matched:
    """Every vulnerability of every package that an advisory on hand tells of.

    A package that is installed at several places has a finding for each. What no advisory
    covers, what is too old and what cannot be ordered are gaps. ``exposed`` is what the image
    that holds them does with them. ``programs`` are those whose functions are known, by path,
    ``proofs`` what was told of functions that others did not hold, by finding.
    ``running_kernel`` is as ``kernels.aside`` takes it.
    """
    matching = _Matching(known, distribution, now, stale_days, exposed)
    return matching.run(packages, Programs(programs, proofs), running_kernel)


class _Met(NamedTuple):
    """An advisory, by id, that affects what was looked for."""

    id: str
    place: Place
    affected: Affected
    fixed: str


class _Fault(NamedTuple):
    """One vulnerability of what is at a place, whichever packages are."""

    rule: str
    severity: Severity
    aliases: tuple[str, ...]
    place: Place
    says: str
    fix: Fix | None
    score: float | None
    imports: tuple[Import, ...]
    kind: Kind = Kind.VULNERABILITY


class _Matching:
    def __init__(
        self,
        known: Advisories,
        distribution: Distribution | None,
        now: datetime,
        stale_days: int,
        exposed: Exposed,
    ) -> None:
        self._known = known
        self._exposed = exposed
        self._distribution = distribution
        self._now = now
        self._stale_days = stale_days
        self._states = known.covered()
        self._asked: dict[str, None] = {}
        self._uncovered: dict[tuple[str, str], Counter[str]] = {}
        self._unordered: dict[Gap, None] = {}
        self._rules: dict[str, Rule] = {}
        self._faults: dict[Places, list[_Fault]] = {}
        self._names: dict[str, list[list[str]]] = {}
        self._foreign = Foreign(distribution)

    def run(
        self, packages: Iterable[Package], programs: Programs, running_kernel: str | None
    ) -> Matched:
        """All packages, each once."""
        rest = iter(packages)
        batches = iter(lambda: list(islice(rest, AT_ONCE)), [])
        every = (
            programs.judged(found, fault.place.name, fault.imports)
            for batch in batches
            for found, fault in self._of(batch, running_kernel)
        )
        told = tuple(islice(every, MAX_FINDINGS))
        if next(every, None):
            why = f"more than {MAX_FINDINGS} findings: the rest is not told"
            self._unordered[Gap(unit=UNIT, subject="packages", why=why)] = None
        return Matched(
            findings=tuple([each for each in told if isinstance(each, Finding)]),
            suppressed=tuple([each for each in told if isinstance(each, Suppressed)]),
            rules=self._rules,
            gaps=tuple(self._gaps()),
            feeds={each: self._states[each].newest for each in self._asked if each in self._states},
        )

    def _of(
        self, packages: Sequence[Package], running_kernel: str | None
    ) -> Iterator[tuple[Finding, _Fault]]:
        placed = [(package, self._places(package)) for package in packages]
        self._search({places: None for _, places in placed if places not in self._faults})
        for package, places in placed:
            if faults := self._faults[places]:
                purl, started = package.purl, self._exposed.starts(package)
                kernel, left = aside(package, running_kernel)
                more = (_STARTED if started else "") + (f"; {kernel}" if kernel else "")
                for fault in faults:
                    score = fault.score
                    if score is not None:
                        score = round(self._exposed.risk(score, started=started) * left, 1)
                    yield _finding(package, purl, fault, score, more), fault

    def _places(self, package: Package) -> Places:
        """Where to look for a package; one of which nobody tells is a gap."""
        places = places_of(package, self._distribution)
        if not places:
            nowhere = package.type, why_nowhere(package, self._distribution)
            self._uncovered.setdefault(nowhere, Counter())[package.full_name] += 1
        elif self._foreign.is_of_other(package):
            return ()
        self._ask(package, places)
        return places

    def _ask(self, package: Package, places: Places) -> None:
        """Remember what is asked; of a program that several tell of, one of them is enough."""
        asked = [place.ecosystem for place in places]
        on_hand = [each for each in asked if each in self._states]
        is_program = package.type == "generic"
        self._asked |= dict.fromkeys(on_hand if is_program and on_hand else asked)

    def _search(self, wanted: Iterable[Places]) -> None:
        """Find the faults of packages, all with a few questions to the advisories."""
        entries = self._entries(wanted)
        met = {places: list(self._met(places, entries)) for places in wanted}
        records = self._known.heads(each.id for found in met.values() for each in found)
        groups = {places: grouped(_real(found, records)) for places, found in met.items()}
        named = (cve for found in groups.values() for group in found for cve in group.cves)
        overlaid = self._known.overlaid(named)
        for places, found in groups.items():
            fix = self._ways_out(places, found, entries)
            self._faults[places] = [self._fault(group, overlaid, fix) for group in found]

    def _entries(self, wanted: Iterable[Places]) -> Mapping[str, Entries]:
        """What advisories say of all names, by ecosystem."""
        names: dict[str, set[str]] = {}
        for places in wanted:
            for place in places:
                names.setdefault(place.ecosystem, set()).add(place.name)
        return {each: self._known.affecting_any(each, asked) for each, asked in names.items()}

    def _met(self, places: Places, entries: Mapping[str, Entries]) -> Iterator[_Met]:
        for place in places:
            told = _about(place, entries)
            if not place.version:
                whole = [(id, affected) for id, affected in told if is_all(id, affected)]
                yield from (_Met(id, place, affected, "") for id, affected in whole)
                told = [each for each in told if each not in whole]
            if told and not place.version:
                why = f"has no version here: {len(told)} advisories cannot be held against it"
                subject = f"{place.ecosystem} {place.name}"
                self._unordered[Gap(unit=UNIT, subject=subject, why=why)] = None
                continue
            for id, affected in told:
                try:
                    verdict = judged(affected, place.version, place.scheme)
                except ParseError as error:
                    if is_all(id, affected):
                        yield _Met(id, place, affected, "")
                        continue
                    why = f"not compared with {place.name} {place.version}: {error}"
                    self._unordered[Gap(unit=UNIT, subject=id, why=why)] = None
                    continue
                if verdict.affected and (verdict.fixed or not place.fixed_only):
                    yield _Met(id, place, affected, verdict.fixed)

    def _ways_out(
        self, places: Places, found: Sequence[Group], entries: Mapping[str, Entries]
    ) -> Callable[[str], Fix]:
        """From a version that ends a fault to one that brings no other, each looked for once."""
        if not found:
            return lambda fixed: Fix(says=f"upgrade to {fixed}", value=fixed)
        present = {name: group.leader for group in found for name in group.names}
        ends = {group.leader: _fixed(group) for group in found}
        first = places[0]
        told = [
            entry
            for place in places
            if place.scheme == first.scheme and not place.fixed_only
            for entry in ahead(_about(place, entries), place.version, place.scheme)
        ]
        named = partial(self._named, present)
        return cache(Ahead(first.called, first.scheme, told, named, ends).fix)

    def _named(self, present: Mapping[str, str], id: str) -> Iterator[str]:
        """The vulnerabilities that a record is of, by what they are called where they are present.

        Records are read once: many versions of many packages ask for the same ones.
        """
        if id not in self._names:
            record = self._known.heads([id])[id]
            is_one = not record.withdrawn and not is_no_fault(record)
            self._names[id] = names_in(record) if is_one else []
        for names in self._names[id]:
            yield next((present[name] for name in names if name in present), leading(names))

    def _fault(
        self, group: Group, overlaid: Mapping[str, Overlaid], fix: Callable[[str], Fix]
    ) -> _Fault:
        name, hits = group.leader, list(group.hits.values())
        if is_malicious(name):
            return self._malice(group, hits)
        heavy = _weight(group, hits, overlaid)
        if name not in self._rules:
            self._rules[name] = rule_of(name, hits, heavy, [overlaid[cve] for cve in group.cves])
        place = hits[0].place
        fixed = _fixed(group)
        ending = f", fixed in {fixed}" if fixed else unfixed(hits)
        return _Fault(
            rule=name,
            severity=heavy.severity,
            aliases=tuple(sorted({*group.names, *group.aliases} - {name})),
            place=place,
            says=f"{place.version} is affected{ending} ({heavy.says})",
            fix=fix(fixed) if fixed else None,
            score=heavy.risk if fixed else round(heavy.risk * 0.9, 1),
            imports=merged(hit.affected.imports for hit in hits),
        )

    def _malice(self, group: Group, hits: Sequence[Hit]) -> _Fault:
        """Of a package that is malicious itself: no vulnerability, and nothing to upgrade to."""
        name, place = group.leader, hits[0].place
        self._rules[name] = malicious_rule(name, [hit.record for hit in hits])
        return _Fault(
            rule=name,
            severity=Severity.CRITICAL,
            aliases=tuple(sorted({*group.names, *group.aliases} - {name})),
            place=place,
            says=f"{place.version or 'without a version'} is a malicious package",
            fix=None,
            score=None,
            imports=(),
            kind=Kind.MALWARE,
        )

    def _gaps(self) -> Iterator[Gap]:
        for (type, why), names in self._uncovered.items():
            which = first(list(names.items()), MAX_NAMED)
            yield Gap(unit=UNIT, subject=f"pkg:{type}", why=f"{why}: {which}")
        yield from self._unordered
        yield from self._foreign.gaps()
        yield from unread(self._known.left_out(), self._asked)
        oldest = self._now - timedelta(days=self._stale_days)
        for ecosystem in self._asked:
            state = self._states.get(ecosystem)
            if state is None or not state.records:
                feed = FED.get(ecosystem.partition(":")[0])
                why = f"{NO_DATA} --feed {feed}" if feed else NO_DATA
                yield Gap(unit=UNIT, subject=ecosystem, why=why)
            elif _time(state.newest) < oldest:
                why = f"the newest advisory on hand is of {state.newest[:10]}"
                why += f", more than {self._stale_days} days ago"
                yield Gap(unit=UNIT, subject=ecosystem, why=why)
        if self._distribution and self._distribution.end_of_life:
            end = self._distribution.end_of_life
            if end < self._now.date().isoformat():
                named = self._distribution.name or self._distribution.id
                why = f"past its end of life ({end}): nobody tells of its vulnerabilities any more"
                yield Gap(unit=UNIT, subject=named, why=why)


def _about(place: Place, entries: Mapping[str, Entries]) -> Sequence[tuple[str, Affected]]:
    """What advisories say of a name, without what they say of others of this name."""
    found = entries[place.ecosystem].get(place.name, ())
    if place.module is None:
        return found
    return [(id, each) for id, each in found if not is_of_other(place.module, each)]


def _finding(package: Package, purl: str, fault: _Fault, score: float | None, more: str) -> Finding:
    called = fault.place.called
    what = called if called == package.full_name else f"{package.full_name} (of {called})"
    return Finding(
        rule=fault.rule,
        kind=fault.kind,
        severity=fault.severity,
        subject=purl,
        evidence=Evidence(
            at=package.path,
            says=f"{what} {fault.says}{more}",
            path=package.path,
            layer=package.layer,
        ),
        aliases=fault.aliases,
        fix=fault.fix,
        score=score,
    )


def _real(found: Iterable[_Met], records: Mapping[str, Head]) -> Iterator[Hit]:
    """Without advisories that were withdrawn or are of no vulnerability."""
    for id, place, affected, fixed in found:
        record = records[id]
        if is_of_other_stream(place.module or "", record):
            continue
        if not record.withdrawn and not is_no_fault(record):
            yield Hit(record, place, affected, fixed)


def _fixed(group: Group) -> str:
    """What ends a vulnerability by all that know a fix, empty where none is known."""
    hits = list(group.hits.values())
    scheme = hits[0].place.scheme
    return highest([hit.fixed for hit in hits if hit.fixed and hit.place.scheme == scheme], scheme)


def _weight(group: Group, hits: Sequence[Hit], overlaid: Mapping[str, Overlaid]) -> Weight:
    severities = [
        pair for hit in hits for pair in (*hit.affected.severities, *hit.record.severities)
    ]
    urgencies = [("urgency", hit.affected.urgency) for hit in hits if hit.affected.urgency]
    told = [overlaid[cve] for cve in group.cves]
    elsewhere = [("CVSS of NVD", each.vector) for each in told if each.vector]
    return weight(
        [*urgencies, *severities, *elsewhere],
        exploited=min((each.exploited for each in told if each.exploited), default=""),
        epss=max((each.epss for each in told if each.epss is not None), default=None),
    )


def _time(text: str) -> datetime:
    """An RFC 3339 time; one that cannot be read is taken for older than all."""
    try:
        found = datetime.fromisoformat(text)
    except ValueError:
        return datetime.min.replace(tzinfo=UTC)
    return found if found.tzinfo else found.replace(tzinfo=UTC)
