"""A target as the command line judges it: exit code, report, and nothing written elsewhere."""

import os
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import msgspec

from hullmark.apps.cli.target import source_of
from hullmark.formats.json import json
from hullmark.formats.table import table
from hullmark.model import Gap, HullmarkError, Package, Policy, Report, Verdict
from hullmark.policy import decide
from hullmark.scan import Scanner, Settings

GOOD = ("srv/good/Cargo.lock", '[[package]]\nname = "good"\nversion = "1"\nsource = "registry+x"\n')
"""A file that any scan of a layer or folder should still find."""


class Judged(NamedTuple):
    """What a user sees: 0, 1 or 2, and a report, or the one line that says why there is none."""

    code: int
    report: Report | None
    says: str

    @property
    def packages(self) -> tuple[Package, ...]:
        """Of a report that there is."""
        assert self.report is not None, self.says
        return self.report.packages

    @property
    def gaps(self) -> tuple[Gap, ...]:
        """Of a report that there is."""
        assert self.report is not None, self.says
        return self.report.gaps

    @property
    def names(self) -> list[str]:
        """Of the packages found."""
        return sorted(package.name for package in self.packages)

    @property
    def whys(self) -> list[str]:
        """Of the gaps."""
        return [gap.why for gap in self.gaps]


def judge(scanner: Scanner, target: object, cache: Path, **settings: object) -> Judged:
    """Scan as the command line does; any error but ours is a failure of the test."""
    place = Path(os.path.abspath(str(target).partition(":")[2])).parent
    before = state(place, cache)
    given = {"folder": str(cache), "use_cache": False, "declared": True, **settings}
    try:
        source, rest = source_of(str(target))
        report = scanner.scan(source, rest, Settings(**given))  # type: ignore[arg-type]  # any setting
    except HullmarkError as error:
        judged = Judged(2, None, str(error))
    else:
        verdict = decide(report, Policy(), "2026-11-22").verdict
        judged = Judged(int(verdict is Verdict.DENY), report, "")
        check_text("".join(table.render(report)))
        assert msgspec.json.decode("".join(json.render(report)))
    assert state(place, cache) == before, "something was written outside the cache"
    assert not list(cache.rglob("*")), "something was left in the cache"
    return judged


def check_text(text: str) -> None:
    """Reports hold no control characters but those of text: none reaches a terminal."""
    odd = {char for char in text if ord(char) < 0x20 and char not in "\n\t"}
    assert not odd, odd
    assert not {char for char in text if 0x7F <= ord(char) < 0xA0}
    text.encode()


def state(folder: Path, cache: Path) -> list[tuple[str, int, int]]:
    """Every name below a folder with its size and time of change, but for the cache."""
    return sorted(walked(folder, cache))


def walked(folder: Path, cache: Path) -> Iterator[tuple[str, int, int]]:
    for at, folders, names in os.walk(folder):
        if Path(at) == cache:
            folders.clear()
            continue
        for name in names:
            status = os.lstat(f"{at}/{name}")
            yield f"{at}/{name}", status.st_size, status.st_mtime_ns
