"""Documents of feeds that could not be read: what they say nobody is told."""

from collections.abc import Iterable, Iterator, Mapping, Sequence

from hullmark.advisories import UNIT
from hullmark.model import Gap
from hullmark.model.ecosystems import told_by

MAX_NAMED = 3


def unread(left_out: Mapping[str, Sequence[str]], asked: Iterable[str]) -> Iterator[Gap]:
    """One for each feed that tells of the ecosystems asked, and for each of somebody's own."""
    names = {each.partition(":")[0] for each in asked}
    for feed, lines in left_out.items():
        if not told_by(feed) or not names.isdisjoint(told_by(feed)):
            count = f"{len(lines)} document{'s' if len(lines) > 1 else ''}"
            more = f" and {len(lines) - MAX_NAMED} more" if len(lines) > MAX_NAMED else ""
            why = f"{count} could not be read: {'; '.join(lines[:MAX_NAMED])}{more}"
            yield Gap(unit=UNIT, subject=feed, why=why)
