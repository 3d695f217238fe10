"""What CSAF documents of distributions say of rpms, as advisories."""

from collections.abc import Callable, Iterator, Mapping
from datetime import UTC, datetime
from re import compile as regex

from msgspec import Struct

from hullmark.model import csaf
from hullmark.model.advisory import Advisory, Affected, Range
from hullmark.model.csaf import Csaf, Product, Vulnerability
from hullmark.model.documents import DocumentError
from hullmark.model.ecosystems import of_module, of_source
from hullmark.model.errors import FeedError
from hullmark.model.file import File

FIXED = ("fixed", "first_fixed", "recommended")
OPEN = ("known_affected", "first_affected", "last_affected", "under_investigation")
"""Words of ``product_status``: with the version that ends it, and with none."""

VEX = "csaf_vex"
IMPACTS = ("critical", "important", "moderate", "low")
"""Words of Red Hat and SUSE for how severe something is, the worst first."""

MAX_NAME_LENGTH = 1000
"""Of names and versions; OSV's records, as which they are exported, may have 1024."""

MAX_SUMMARY_LENGTH = 1000
MAX_REFERENCES = 100


_is_id = regex(r"[A-Za-z0-9][^/\\\x00-\x1f\x7f]{0,199}\Z").match


class Rpm(Struct, frozen=True, kw_only=True):
    """A package of a release. ``version`` is empty where the document names none."""

    ecosystem: str
    name: str
    version: str = ""
    module: str = ""
    source: bool = False


Locate = Callable[[tuple[Product, ...], str], Rpm | None]
"""From parts of a product and its status to the package; ``None`` for others."""


class _Said(Struct):
    """What is said of one package: its fixes, the status without one, single versions, impact."""

    fixed: dict[str, None] = {}
    status: str = ""
    versions: dict[str, None] = {}
    impact: str = ""


def advisories(file: File, prefix: str, locate: Locate) -> Iterator[Advisory]:
    """Advisories of one document; ``FeedError`` at its path for what is no CSAF.

    A VEX tells of one vulnerability, and becomes ``<prefix><CVE>``; an advisory of several, and
    keeps its id. What is on no package that ``locate`` knows is passed over.
    """
    try:
        document = csaf.read(file.read(0, csaf.MAX_CSAF_BYTES + 1))
        found = _records(document, prefix, locate)
    except DocumentError as error:
        raise FeedError(file.path, str(error)) from error
    for each in found:
        _hold(file, each)
        if each.affected:
            yield each


def _hold(file: File, found: Advisory) -> None:
    """``FeedError`` where ids or names are none that advisories may have."""
    if not _is_id(found.id):
        raise FeedError(file.path, f"{found.id[:40]!r} is no id")
    for each in found.affected:
        versions = (*each.versions, *(version for one in each.ranges for _, version in one.events))
        for text in (each.name, *versions):
            if not 0 < len(text) <= MAX_NAME_LENGTH:
                raise FeedError(file.path, f"{text[:40]!r} is no name or version")


def _records(document: Csaf, prefix: str, locate: Locate) -> list[Advisory]:
    told = [each for each in document.vulnerabilities if each.cve]
    if document.category == VEX:
        return [
            _record(
                document, f"{prefix}{each.cve}", _affected([_said(document, each, locate)]), [each]
            )
            for each in told
        ]
    return [
        _record(
            document, document.id, _affected([_said(document, each, locate) for each in told]), told
        )
    ]


def _record(
    document: Csaf, id: str, affected: tuple[Affected, ...], told: list[Vulnerability]
) -> Advisory:
    titles = (each.title for each in told if each.title)
    notes = (note.text for each in told for note in each.notes if note.category == "summary")
    single = len(told) == 1
    summary = (next(notes, "") or next(titles, "")) if single else ""
    vectors = (pair for each in told for score in each.scores for pair in score.vectors)
    urls = (url.url for each in told for url in each.references if url.url)
    return Advisory(
        id=id,
        modified=_utc(document.current),
        published=_utc(document.released) if document.released else "",
        upstream=tuple(dict.fromkeys(each.cve for each in told)),
        summary=(summary or document.title)[:MAX_SUMMARY_LENGTH],
        severities=tuple(dict.fromkeys(vectors)) if single else (),
        affected=affected,
        references=tuple(dict.fromkeys((*document.references, *urls)))[:MAX_REFERENCES],
    )


def _said(
    document: Csaf, told: Vulnerability, locate: Locate
) -> tuple[dict[Rpm, _Said], frozenset[Rpm]]:
    """What a vulnerability's lists say of packages, and every package that they name at all."""
    known: dict[tuple[str, str], Rpm | None] = {}
    words, impacts = _words(document, told), _impacts(document, told)
    found: dict[Rpm, _Said] = {}
    named: set[Rpm] = set()
    for status, ids in told.product_status.items():
        for id in ids:
            if (id, status) not in known:
                known[id, status] = locate(document.parts(id), status)
            rpm = known[id, status]
            if rpm is None:
                continue
            package = Rpm(
                ecosystem=rpm.ecosystem, name=rpm.name, module=rpm.module, source=rpm.source
            )
            named.add(package)
            if status not in (*FIXED, *OPEN):
                continue
            said = found.setdefault(package, _Said())
            said.impact = _worse(said.impact, impacts.get(id, impacts.get("", "")))
            if status in FIXED and not rpm.version:
                raise DocumentError(f"product {id[:200]!r} is fixed in no version")
            if status in FIXED:
                said.fixed[rpm.version] = None
            elif rpm.version:
                said.versions[rpm.version] = None
            elif status == "under_investigation":
                said.status = said.status or "under-investigation"
            else:
                said.status = words.get(id, "unfixed")
    return _without_sources(found, named), frozenset(named)


def _without_sources(found: dict[Rpm, _Said], named: set[Rpm]) -> dict[Rpm, _Said]:
    """Without source packages of which the document tells the packages that they were built to.

    Those are there where they share a version, or, where there is none, the name.
    """
    built = {
        (each.ecosystem, each.module, version.rpartition(":")[2])
        for each, said in found.items()
        for version in said.fixed
        if not each.source
    }
    kept = {}
    for each, said in found.items():
        if each.source:
            place = each.ecosystem, each.module
            said.fixed = {version: None for version in said.fixed if (*place, version) not in built}
            twin = Rpm(ecosystem=each.ecosystem, name=each.name, module=each.module)
            if twin in named:
                said.status = ""
            if not (said.fixed or said.status or said.versions):
                continue
        kept[each] = said
    return kept


def _affected(
    told: list[tuple[dict[Rpm, _Said], frozenset[Rpm]]],
) -> tuple[Affected, ...]:
    """One entry a package. A version that fixes it goes before the word that there is none."""
    together: dict[Rpm, _Said] = {}
    for found, _ in told:
        for package, said in found.items():
            whole = together.setdefault(package, _Said())
            whole.fixed |= said.fixed
            whole.versions |= said.versions
            whole.status = whole.status or said.status
            whole.impact = _worse(whole.impact, said.impact)
    return tuple(
        _entry(package, said)
        for package, said in sorted(
            together.items(),
            key=lambda pair: (pair[0].ecosystem, pair[0].module, pair[0].name, pair[0].source),
        )
    )


def _entry(package: Rpm, said: _Said) -> Affected:
    name = of_source(package.name) if package.source else package.name
    start = ("introduced", "0")
    ranges = [(start, ("fixed", version)) for version in said.fixed]
    open_ended = [(start,)] if said.status and not said.fixed else []
    return Affected(
        ecosystem=package.ecosystem,
        name=of_module(package.module, name),
        ranges=tuple(Range("ECOSYSTEM", events) for events in (*ranges, *open_ended)),
        versions=tuple(said.versions) if not said.fixed else (),
        status="" if said.fixed else said.status,
        urgency=said.impact,
    )


def _words(document: Csaf, told: Vulnerability) -> Mapping[str, str]:
    """Our word for each product of which its publisher says that no fix will come."""
    found = {}
    for each in told.remediations:
        if each.category in ("no_fix_planned", "fix_not_planned"):
            ended = (
                "out of support" in each.details.lower() or "end of life" in each.details.lower()
            )
            for id in document.listed(each):
                found[id] = "end-of-life" if ended else "will-not-fix"
    return found


def _impacts(document: Csaf, told: Vulnerability) -> Mapping[str, str]:
    """How severe it is by product; by an empty name, for all."""
    found = {"": document.severity.lower() if document.severity.lower() in IMPACTS else ""}
    for each in told.threats:
        word = each.details.strip().lower()
        if each.category == "impact" and word in IMPACTS:
            named = False
            for id in document.listed(each):
                found[id], named = word, True
            if not named:
                found[""] = word
    return found


def _worse(one: str, other: str) -> str:
    return min(filter(None, (one, other)), key=IMPACTS.index, default="")


def _utc(text: str) -> str:
    """RFC 3339 in UTC with a Z, as advisories have it; ``DocumentError`` for what is no time."""
    try:
        moment = datetime.fromisoformat(text)
        moment = (moment if moment.tzinfo else moment.replace(tzinfo=UTC)).astimezone(UTC)
    except (ValueError, OverflowError) as error:
        raise DocumentError(f"{text!r} is no time") from error
    return moment.isoformat(timespec="seconds").replace("+00:00", "Z")
