"""Packages against advisories: one finding for each vulnerability of a package."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import UTC, datetime, timedelta
from itertools import islice

from hullmark.advisories import STALE_DAYS, UNIT, Matched
from hullmark.advisories.grouping import Group, Hit, grouped, is_no_fault
from hullmark.advisories.places import OF_SYSTEM, Place, places_of
from hullmark.advisories.ranges import highest, judged
from hullmark.advisories.risk import Weight, weight
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
)
from hullmark.model.advisory import Advisory
from hullmark.store.advisory_file import Advisories

NO_DATA = "no advisories of it are on hand: hullmark advisories update"
MAX_REFERENCES = 10
MAX_FINDINGS = 500_000
"""Ours; a host with four kernels of an old distribution has some 20,000."""


def matched(
    packages: Iterable[Package],
    distribution: Distribution | None,
    known: Advisories,
    *,
    now: datetime,
    stale_days: int = STALE_DAYS,
) -> Matched:
    """Every vulnerability of every package that an advisory on hand tells of.

    A package that is installed at several places has a finding for each. What no advisory
    covers, what is too old and what cannot be ordered are gaps.
    """
    return _Matching(known, distribution, now, stale_days).run(packages)


class _Matching:
    def __init__(
        self, known: Advisories, distribution: Distribution | None, now: datetime, stale_days: int
    ) -> None:
        self._known = known
        self._distribution = distribution
        self._now = now
        self._stale_days = stale_days
        self._states = known.ecosystems()
        self._asked: dict[str, None] = {}
        self._uncovered: dict[tuple[str, str], None] = {}
        self._unordered: dict[Gap, None] = {}
        self._rules: dict[str, Rule] = {}
        self._records: dict[str, Advisory] = {}
        self._hits: dict[Place, list[Group]] = {}
        self._overlaid: dict[str, tuple[str, str, float | None]] = {}

    def run(self, packages: Iterable[Package]) -> Matched:
        """All packages, each once."""
        every = (finding for package in packages for finding in self._of(package))
        findings = tuple(islice(every, MAX_FINDINGS))
        if next(every, None):
            why = f"more than {MAX_FINDINGS} findings: the rest is not told"
            self._unordered[Gap(unit=UNIT, subject="packages", why=why)] = None
        return Matched(
            findings=findings,
            rules=self._rules,
            gaps=tuple(self._gaps()),
            feeds={each: self._states[each].newest for each in self._asked if each in self._states},
        )

    def _of(self, package: Package) -> Iterator[Finding]:
        places = places_of(package, self._distribution)
        if not places:
            self._uncovered[package.type, _why(package, self._distribution)] = None
            return
        place = places[0]
        self._asked[place.ecosystem] = None
        if not place.version:
            why = "tells of a package without a version, of which nothing can be looked for"
            self._unordered[Gap(unit=UNIT, subject=package.path, why=why)] = None
            return
        if place not in self._hits:
            self._hits[place] = grouped(self._search(place))
        if self._hits[place]:
            purl = package.purl
            for group in self._hits[place]:
                yield self._finding(package, purl, place, group)

    def _search(self, place: Place) -> Iterator[Hit]:
        for id, affected in self._known.affecting(place.ecosystem, place.name):
            try:
                verdict = judged(affected, place.version, place.scheme)
            except ParseError as error:
                why = f"not compared with {place.name} {place.version}: {error}"
                self._unordered[Gap(unit=UNIT, subject=id, why=why)] = None
                continue
            if verdict.affected:
                record = self._record(id)
                if not record.withdrawn and not is_no_fault(record):
                    yield Hit(record, affected, verdict.fixed)

    def _record(self, id: str) -> Advisory:
        if id not in self._records:
            self._records[id] = self._known.record(id)
        return self._records[id]

    def _finding(self, package: Package, purl: str, place: Place, group: Group) -> Finding:
        name, hits = group.leader, list(group.hits.values())
        heavy = self._weight(group, hits)
        fixed = highest([hit.fixed for hit in hits if hit.fixed], place.scheme)
        ids = sorted({*group.names, *group.aliases} - {name})
        if name not in self._rules:
            self._rules[name] = _rule(name, hits, heavy)
        what = place.name
        if place.name != package.full_name:
            what = f"{package.full_name} (of {place.name})"
        says = f"{what} {place.version} is affected"
        says += f", fixed in {fixed}" if fixed else _unfixed(hits)
        fix = None
        if fixed:
            fix = Fix(says=f"upgrade {place.name} to {fixed}", value=fixed)
        return Finding(
            rule=name,
            kind=Kind.VULNERABILITY,
            severity=heavy.severity,
            subject=purl,
            evidence=Evidence(
                at=package.path,
                says=f"{says} ({heavy.says})",
                path=package.path,
                layer=package.layer,
            ),
            aliases=tuple(ids),
            fix=fix,
            score=heavy.risk if fix else round(heavy.risk * 0.9, 1),
        )

    def _weight(self, group: Group, hits: Sequence[Hit]) -> Weight:
        severities = [
            pair for hit in hits for pair in (*hit.affected.severities, *hit.record.severities)
        ]
        urgencies = [("urgency", hit.affected.urgency) for hit in hits if hit.affected.urgency]
        overlaid = [self._elsewhere(cve) for cve in group.cves]
        elsewhere = [("CVSS of NVD", vector) for vector, _, _ in overlaid if vector]
        return weight(
            [*urgencies, *severities, *elsewhere],
            exploited=min((added for _, added, _ in overlaid if added), default=""),
            epss=max((epss for _, _, epss in overlaid if epss is not None), default=None),
        )

    def _elsewhere(self, name: str) -> tuple[str, str, float | None]:
        """What overlays say of a CVE: a vector, since when it is used, how likely it will be."""
        if name not in self._overlaid:
            exploited = self._known.exploited(name)
            epss = self._known.epss(name)
            added = exploited.added if exploited else ""
            self._overlaid[name] = self._known.cvss(name), added, epss[0] if epss else None
        return self._overlaid[name]

    def _gaps(self) -> Iterator[Gap]:
        for type, why in self._uncovered:
            yield Gap(unit=UNIT, subject=f"pkg:{type}", why=why)
        yield from self._unordered
        oldest = self._now - timedelta(days=self._stale_days)
        for ecosystem in self._asked:
            state = self._states.get(ecosystem)
            if state is None or not state.records:
                yield Gap(unit=UNIT, subject=ecosystem, why=NO_DATA)
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


def _rule(name: str, hits: Sequence[Hit], heavy: Weight) -> Rule:
    first = hits[0].record
    summary = next((hit.record.summary for hit in hits if hit.record.summary), "")
    references = dict.fromkeys(url for hit in hits for url in hit.record.references)
    return Rule(
        id=name,
        title=summary or name,
        kind=Kind.VULNERABILITY,
        severity=heavy.severity,
        why=f"{summary or name} ({first.id}).",
        remediation="Upgrade the package to a version that is not affected.",
        references=tuple(references)[:MAX_REFERENCES],
    )


def _unfixed(hits: Sequence[Hit]) -> str:
    status = next((hit.affected.status for hit in hits if hit.affected.status), "")
    return f", {status}" if status else ", no fix is known"


def _why(package: Package, distribution: Distribution | None) -> str:
    if package.type not in OF_SYSTEM:
        return "no ecosystem of advisories covers packages of this type"
    if distribution is None:
        return "which distribution these packages are from is unknown"
    return f"no advisories of {distribution.id} {distribution.version} are read"


def _time(text: str) -> datetime:
    """An RFC 3339 time; one that cannot be read is taken for older than all."""
    try:
        found = datetime.fromisoformat(text)
    except ValueError:
        return datetime.min.replace(tzinfo=UTC)
    return found if found.tzinfo else found.replace(tzinfo=UTC)
