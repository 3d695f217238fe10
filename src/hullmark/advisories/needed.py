"""Ecosystems of which scans met packages and had no advisories: the next update brings them."""

import os
from collections.abc import Iterable
from contextlib import suppress

from hullmark.advisories import UNIT
from hullmark.model import Report
from hullmark.model.ecosystems import FED

NAME = "needed-ecosystems"
"""Of a file beside the advisories: a line for each ecosystem."""

MAX_NAMES = 100
MAX_BYTES = 16 * 1024
MAX_NAME_CHARS = 100


def met(report: Report) -> list[str]:
    """The ecosystems, as mirrors name their folders, that a scan asked for and had nothing of."""
    gaps = [gap for gap in report.gaps if gap.unit == UNIT]
    if any(gap.subject == "advisories" for gap in gaps):
        from hullmark.advisories.places import places_of  # noqa: PLC0415 - only without advisories

        places = (places_of(each, report.distribution) for each in report.packages)
        return _folders(place.ecosystem for each in places for place in each)
    if not gaps:
        return []
    from hullmark.advisories.match import NO_DATA  # noqa: PLC0415 - whoever has gaps has loaded it

    return _folders(gap.subject for gap in gaps if gap.why == NO_DATA)


def remember(advisories: str, names: Iterable[str]) -> None:
    """Add to what the next update brings; a scan that may not write there is none the worse."""
    known = remembered(advisories)
    wanted = [*known, *(each for each in names if each not in known)][:MAX_NAMES]
    if wanted == known:
        return
    path = _path(advisories)
    fresh = f"{path}.{os.getpid()}"
    with suppress(OSError):
        os.makedirs(os.path.dirname(path), mode=0o700, exist_ok=True)
        try:
            with open(fresh, "x", encoding="utf-8") as file:
                file.writelines(f"{each}\n" for each in wanted)
            os.replace(fresh, path)
        except OSError:
            os.unlink(fresh)


def remembered(advisories: str) -> list[str]:
    """What scans asked for, oldest first; nothing where it cannot be read."""
    try:
        with open(_path(advisories), "rb") as file:
            data = file.read(MAX_BYTES)
    except OSError:
        return []
    return _folders(data.decode("utf-8", "replace").splitlines())[:MAX_NAMES]


def _folders(ecosystems: Iterable[str]) -> list[str]:
    names = (each.partition(":")[0] for each in ecosystems)
    return list(dict.fromkeys(name for name in names if _is_name(name) and name not in FED))


def _is_name(name: str) -> bool:
    return 0 < len(name) <= MAX_NAME_CHARS and name.isprintable() and "/" not in name


def _path(advisories: str) -> str:
    return f"{os.path.dirname(os.path.abspath(advisories))}/{NAME}"
