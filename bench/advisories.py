"""What importing a mirror of advisories costs, and what an update and a scan pay for them.

usage: ./dev bench advisories [MIRROR [FOLDER]]: a mirror as ``hullmark advisories update --from``
reads it, by default ../shared/advisories, and where to work. Each step is a process of its own;
memory is its peak.
"""

import json
import os
import shutil
import sys
from resource import RUSAGE_SELF, getrusage
from subprocess import run
from tempfile import TemporaryDirectory
from time import perf_counter, process_time
from zipfile import ZIP_DEFLATED, ZipFile

from hullmark.advisories.mirror import Folder
from hullmark.advisories.update import update
from hullmark.store.advisory_file import Advisories

CHANGED = 100
LOOKUPS = 2000
MOST_ARGUMENTS = 2
MODIFIED = "2026-11-22T00:00:00Z"
MIRROR = f"{os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))}/shared"
USAGE = (__doc__ or "").partition("usage: ")[2]


def main(mirror: str, folder: str) -> None:
    """Print a line for each step."""
    path = f"{folder}/advisories.db"
    told("import", step("imported", path, mirror))
    print(f"file: {os.path.getsize(path) / 1e6:.1f} MB")
    told("unchanged", step("imported", path, mirror))
    changed = altered(mirror, f"{folder}/mirror")
    told(f"{CHANGED} changed", step("imported", path, changed))
    found = step("opened", path)
    for name, seconds in found.items():
        print(f"{name}: {seconds * 1000:.3f} ms")


def imported(path: str, mirror: str) -> dict[str, float]:
    """One update, in seconds and bytes."""
    began, worked = perf_counter(), process_time()
    update(path, Folder(mirror))
    return {
        "seconds": perf_counter() - began,
        "processor": process_time() - worked,
        "bytes": getrusage(RUSAGE_SELF).ru_maxrss * 1024,
    }


def opened(path: str) -> dict[str, float]:
    """Seconds to open, and on average to look a package up and to read a record."""
    began = perf_counter()
    known = Advisories.open(path)
    ready = perf_counter() - began
    with known:
        asked = "SELECT ecosystem.name, affected.name, id FROM affected JOIN ecosystem "
        places = list(known.rows(f"{asked} ON ecosystem = number ORDER BY id LIMIT {LOOKUPS}"))
        began = perf_counter()
        for ecosystem, name, _ in places:
            known.affecting(ecosystem, name)
        looked = perf_counter() - began
        began = perf_counter()
        for _, _, id in places:
            known.record(id)
        read = perf_counter() - began
    return {"open": ready, "package": looked / len(places), "record": read / len(places)}


def altered(mirror: str, folder: str) -> str:
    """A copy of a mirror in which some records were modified, spread over all archives."""
    shutil.copytree(f"{mirror}/overlays", f"{folder}/overlays")
    archives = [each for each in sorted(os.listdir(mirror)) if _has_archive(mirror, each)]
    left = CHANGED
    for number, name in enumerate(archives):
        os.mkdir(f"{folder}/{name}")
        count = left // (len(archives) - number)
        left -= alter(f"{mirror}/{name}/all.zip", f"{folder}/{name}/all.zip", count)
    return folder


def alter(old: str, new: str, count: int) -> int:
    """Write an archive with so many records modified; answers how many were."""
    done = 0
    with ZipFile(old) as source, ZipFile(new, "w", ZIP_DEFLATED, compresslevel=1) as target:
        entries = source.infolist()
        step = max(1, len(entries) // count)
        for number, entry in enumerate(entries):
            data = source.read(entry)
            if number % step == 0 and done < count:
                data = json.dumps(json.loads(data) | {"modified": MODIFIED}).encode()
                done += 1
            target.writestr(entry.filename, data)
    return done


def step(name: str, *arguments: str) -> dict[str, float]:
    """What a step answers that runs as a process of its own."""
    command = [sys.executable, "-m", "bench.advisories", "--step", name, *arguments]
    answered: dict[str, float] = json.loads(run(command, check=True, capture_output=True).stdout)
    return answered


def told(name: str, found: dict[str, float]) -> None:
    """One line of an update."""
    times = f"{found['seconds']:.2f} s ({found['processor']:.2f} s of a processor)"
    print(f"{name}: {times}, {found['bytes'] / 1e6:.0f} MB of memory")


def _has_archive(mirror: str, name: str) -> bool:
    return os.path.isfile(f"{mirror}/{name}/all.zip")


def started(arguments: list[str]) -> None:
    """What the command line asks for; exits where there is no mirror."""
    if arguments[:1] == ["--step"]:
        found = imported(*arguments[2:]) if arguments[1] == "imported" else opened(arguments[2])
        print(json.dumps(found))
        return
    mirror = arguments[0] if arguments else f"{MIRROR}/advisories"
    if len(arguments) > MOST_ARGUMENTS or not os.path.isdir(mirror):
        sys.exit(f"usage: {USAGE}\nno mirror at {mirror!r}")
    if len(arguments) == MOST_ARGUMENTS:
        main(mirror, arguments[1])
        return
    with TemporaryDirectory() as workshop:
        main(mirror, workshop)


if __name__ == "__main__":
    started(sys.argv[1:])
