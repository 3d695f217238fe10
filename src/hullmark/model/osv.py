"""OSV records: JSON to what the model holds, and back.

Schema: https://ossf.github.io/osv-schema/
"""

from re import compile as regex
from typing import Annotated

import msgspec
from msgspec import Meta, Struct

from hullmark.model.advisory import Advisory, Affected, Import, Range
from hullmark.model.errors import FeedError

MAX_RECORD_BYTES = 16 * 1024 * 1024
"""Of one JSON record: the largest known, on the Linux kernel, have 2 MB."""

Id = Annotated[str, Meta(max_length=200, pattern=r"^[A-Za-z0-9][^/\\\x00-\x1f\x7f]*$")]
Time = Annotated[str, Meta(max_length=40, pattern=r"^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?Z$")]
Name = Annotated[str, Meta(min_length=1, max_length=1024)]
Word = Annotated[str, Meta(max_length=256)]
Text = Annotated[str, Meta(max_length=65536)]
Version = Annotated[str, Meta(max_length=1024)]
DATABASE = "its database"
"""Whose word a severity is that stands in ``database_specific``."""

STATUSES = {
    "affected": "unfixed",
    "deferred": "unfixed",
    "fix-not-planned": "will-not-fix",
    "needed": "unfixed",
    "needs-triage": "unfixed",
    "pending": "unfixed",
    "pending-upstream-fix": "unfixed",
    "true-positive-determination": "unfixed",
    "wontfix": "will-not-fix",
}
"""Words of Ubuntu and Wolfi as ours; those that are not here stay as they are."""


class _Package(Struct):
    ecosystem: Annotated[str, Meta(min_length=1, max_length=200)]
    name: Name


class _Severity(Struct):
    type: Word
    score: Word


class _Range(Struct):
    type: Word
    events: list[dict[Word, Version]] = []


class _Imports(Struct):
    path: Version = ""
    symbols: list[Version] = []
    goos: list[Word] = []
    goarch: list[Word] = []


class _Specific(Struct):
    """What ecosystems add; all of it is theirs to shape, so types are looked at one by one."""

    status: object = None
    urgency: object = None
    imports: object = None
    custom_ranges: object = None
    informational: object = None
    severity: object = None


class _Affected(Struct):
    package: _Package | None = None
    ranges: list[_Range] | None = None
    versions: list[Version] | None = None
    severity: list[_Severity] | None = None
    ecosystem_specific: _Specific | None = None
    database_specific: _Specific | None = None


class _Reference(Struct):
    url: Text = ""


class Record(Struct):
    """One record as OSV writes it, of which unknown fields are passed over."""

    id: Id
    modified: Time
    published: Time | None = None
    withdrawn: Time | None = None
    aliases: list[Word] | None = None
    upstream: list[Word] | None = None
    related: list[Word] | None = None
    summary: Text | None = None
    severity: list[_Severity] | None = None
    affected: list[_Affected] | None = None
    references: list[_Reference] | None = None
    database_specific: _Specific | None = None


_IS_ORDERED = regex(r"0|[0-9]+\.[0-9]+\.[0-9]+(?:[-+][0-9A-Za-z.+-]*)?\Z").match
"""Versions of Go modules; ranges of their own hold others too, which have no order."""

_decoder = msgspec.json.Decoder(Record)


def read(data: bytes, place: str) -> Advisory:
    """The advisory that a JSON record tells of; ``FeedError`` at ``place`` for what is none."""
    if len(data) > MAX_RECORD_BYTES:
        raise FeedError(place, f"a record of more than {MAX_RECORD_BYTES} bytes")
    try:
        record = _decoder.decode(data)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as error:
        raise FeedError(place, f"no OSV record: {_lower(str(error))[:300]}") from error
    try:
        return _advisory(record)
    except msgspec.ValidationError as error:
        raise FeedError(place, f"no OSV record: {_lower(str(error))[:300]}") from error


def written(advisory: Advisory) -> bytes:
    """An advisory as an OSV record, from which ``read`` makes the same again."""
    record = {
        "id": advisory.id,
        "modified": advisory.modified,
        "published": advisory.published,
        "withdrawn": advisory.withdrawn,
        "aliases": advisory.aliases,
        "upstream": advisory.upstream,
        "related": advisory.related,
        "summary": advisory.summary,
        "severity": _scores(advisory.severities),
        "affected": [_entry(each) for each in advisory.affected],
        "references": [{"type": "WEB", "url": url} for url in advisory.references],
    }
    return msgspec.json.encode({key: value for key, value in record.items() if value})


def _advisory(record: Record) -> Advisory:
    return Advisory(
        id=record.id,
        modified=record.modified,
        published=record.published or "",
        withdrawn=record.withdrawn or "",
        aliases=tuple(record.aliases or ()),
        upstream=tuple(record.upstream or ()),
        related=tuple(record.related or ()),
        summary=record.summary or "",
        severities=_severities(record.severity, record.database_specific),
        affected=tuple(_affected(each) for each in record.affected or () if each.package),
        references=tuple(each.url for each in record.references or () if each.url),
    )


def _affected(entry: _Affected) -> Affected:
    package = entry.package or _Package("", "")
    specific, database = entry.ecosystem_specific, entry.database_specific
    status = _word(specific.status) if specific else ""
    return Affected(
        ecosystem=package.ecosystem,
        name=package.name,
        ranges=_ranges(entry.ranges or [], specific),
        versions=tuple(entry.versions or ()),
        severities=_severities(entry.severity, specific),
        status=STATUSES.get(status, status),
        urgency=(_word(specific.urgency) if specific else "")
        or (_word(database.informational) if database else ""),
        imports=_imports(specific.imports) if specific else (),
    )


def _ranges(ranges: list[_Range], specific: _Specific | None) -> tuple[Range, ...]:
    """As the record has them, or of what ends nowhere in them by versions that Go does not know.

    See https://go.dev/doc/security/vuln/database#schema on ``custom_ranges``.
    """
    found = tuple(_range(each) for each in ranges)
    if specific is None or not specific.custom_ranges:
        return found
    if any(kind != "introduced" for each in found for kind, _ in each.events):
        return found
    custom = [_range(each) for each in msgspec.convert(specific.custom_ranges, list[_Range])]
    bounds = [version for each in custom for _, version in each.events]
    return tuple(custom) if bounds and all(map(_IS_ORDERED, bounds)) else found


def _range(each: _Range) -> Range:
    return Range(each.type, tuple(item for event in each.events for item in event.items()))


def _severities(
    scores: list[_Severity] | None, specific: _Specific | None
) -> tuple[tuple[str, str], ...]:
    """Vectors and words of the record, then the word that its database adds."""
    found = tuple((each.type, each.score) for each in scores or ())
    word = _word(specific.severity) if specific else ""
    return (*found, (DATABASE, word)) if word else found


def _imports(imports: object) -> tuple[Import, ...]:
    """Functions by import path, as Go's records have them."""
    if not imports:
        return ()
    listed = msgspec.convert(imports, list[_Imports])
    return tuple(
        Import(each.path, tuple(each.symbols), tuple(each.goos), tuple(each.goarch))
        for each in listed
        if each.path
    )


def _word(value: object) -> str:
    return value[:256] if isinstance(value, str) else ""


def _scores(severities: tuple[tuple[str, str], ...]) -> list[dict[str, str]]:
    return [{"type": kind, "score": score} for kind, score in severities]


def _entry(affected: Affected) -> dict[str, object]:
    specific = {
        "status": affected.status,
        "urgency": affected.urgency,
        "imports": [
            {key: value for key, value in msgspec.structs.asdict(each).items() if value}
            for each in affected.imports
        ],
    }
    entry = {
        "ranges": [
            {"type": each.kind, "events": [{kind: version} for kind, version in each.events]}
            for each in affected.ranges
        ],
        "versions": affected.versions,
        "severity": _scores(affected.severities),
        "ecosystem_specific": {key: value for key, value in specific.items() if value},
    }
    package = {"ecosystem": affected.ecosystem, "name": affected.name}
    return {"package": package, **{key: value for key, value in entry.items() if value}}


def _lower(text: str) -> str:
    return text[:1].lower() + text[1:]
