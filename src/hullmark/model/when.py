"""Times that documents of policy tell."""

from datetime import UTC, datetime

from hullmark.model.errors import PolicyError


def utc(text: str, at: str) -> str:
    """RFC 3339 as UTC with microseconds, which sorts as text; empty stays, else ``PolicyError``."""
    if not text:
        return ""
    try:
        moment = datetime.fromisoformat(text)
        moment = (moment if moment.tzinfo else moment.replace(tzinfo=UTC)).astimezone(UTC)
    except (ValueError, OverflowError) as error:
        raise PolicyError(at, f"{text[:40]!r} is no time such as 2026-12-31T00:00:00Z") from error
    return moment.isoformat(timespec="microseconds")
