"""What is on hand and how old it is, for programs: ``hullmark advisories status --format json``."""

from datetime import datetime

import msgspec
from msgspec import Struct

from hullmark.store.advisory_file import Advisories

SCHEMA = "hullmark.advisory-status/1"


class Imported(Struct, frozen=True, kw_only=True):
    """One imported file; ``newest`` is its newest record's time, ``null`` where it has none.

    ``left_out`` are documents of it that could not be read, a line for each.
    """

    name: str
    records: int
    newest: str | None
    age_days: int | None
    origin: str
    imported: str
    left_out: list[str]


class Release(Struct, frozen=True, kw_only=True):
    """One ecosystem as records name it, e.g. ``Debian:12``."""

    name: str
    records: int
    newest: str | None
    age_days: int | None


class Standing(Struct, frozen=True, kw_only=True):
    """All that is on hand."""

    schema: str
    file: str
    files: list[Imported]
    ecosystems: list[Release]


def standing(known: Advisories, path: str, now: datetime) -> str:
    """All that is on hand as JSON."""
    left_out = known.left_out()
    files = [
        Imported(
            name=name,
            records=feed.records,
            newest=feed.dated or None,
            age_days=age_days(feed.dated, now),
            origin=feed.origin,
            imported=feed.imported,
            left_out=left_out.get(name, []),
        )
        for name, feed in known.feeds().items()
    ]
    releases = [
        Release(
            name=name,
            records=state.records,
            newest=state.newest or None,
            age_days=age_days(state.newest, now),
        )
        for name, state in known.ecosystems().items()
    ]
    found = Standing(schema=SCHEMA, file=path, files=files, ecosystems=releases)
    return msgspec.json.format(msgspec.json.encode(found), indent=2).decode()


def age_days(dated: str, now: datetime) -> int | None:
    """Whole days since a time; ``None`` where there is none that can be read."""
    try:
        then = datetime.fromisoformat(f"{dated[:19]}+00:00")
    except ValueError:
        return None
    return max(0, (now - then).days)
