"""What a process takes: wall time, processor time and peak memory, on a machine left alone.

A run starts in an empty home with its files in the page cache; one that other processes disturbed
is taken again.
"""

import ctypes
import os
import re
import select
import shutil
import subprocess
import sys
import time
from collections.abc import Callable, Collection, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

import click

POLL_MS = 20

# A run that lost more of the machine than this to others is taken again, this many times at most.
DISTURBED = 0.05
RETAKES = 2
CALM_S = 0.5
CALM_WAIT_S = 60.0

# Large enough that the interpreter's share is nothing.
BLOCK_BYTES = 1 << 20

Span = tuple[Path, int, int]
"""A part of a file: where it begins and how long it is."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Run:
    """One timed run; ``others`` is the share of the machine that other processes took.

    ``server_cpu_s`` is the processor time of a server that answered, which is no part of ``cpu_s``.
    """

    wall_s: float
    cpu_s: float
    others: float
    peak_bytes: int = 0
    server_cpu_s: float = 0.0


def steady(name: str, target: Path, once: Callable[[], Run]) -> Run:
    """Return the least disturbed run, the first that is not disturbed being the last made."""
    made: list[Run] = []
    while len(made) <= RETAKES and not (made and made[-1].others < DISTURBED):
        calm()
        read(target)
        made.append(once())
        note = f"{made[-1].wall_s:7.2f} s, others {made[-1].others:.0%}"
        print(f"{name:28} {note}", file=sys.stderr)
    return min(made, key=lambda run: run.others)


def calm() -> None:
    """Wait until other processes leave the machine alone, but not for ever."""
    os.sync()
    deadline_s = time.monotonic() + CALM_WAIT_S
    busy = 1.0
    while busy > DISTURBED and time.monotonic() < deadline_s:
        before_s = busy_s()
        time.sleep(CALM_S)
        busy = share(busy_s() - before_s, CALM_S)


def read(target: Path) -> None:
    """Read the image once, so that every run finds it in the page cache."""
    for path in [target] if target.is_file() else sorted(target.rglob("*")):
        if path.is_file():
            for _ in blocks((path, 0, path.stat().st_size)):
                pass


def blocks(span: Span) -> Iterator[memoryview]:
    """Yield the blocks of a part of a file, each in the place of the one before."""
    path, offset, left = span
    block = memoryview(bytearray(BLOCK_BYTES))
    with path.open("rb", buffering=0) as file:
        file.seek(offset)
        while left and (size := file.readinto(block[: min(left, BLOCK_BYTES)])):
            left -= size
            yield block[:size]


def busy_s() -> float:
    """Return how long the machine's cores have worked since it started, waits left out."""
    fields = Path("/proc/stat").read_text().split(maxsplit=9)
    user, nice, system, _idle, _iowait, irq, softirq, steal = map(int, fields[1:9])
    return (user + nice + system + irq + softirq + steal) / os.sysconf("SC_CLK_TCK")


def share(work_s: float, wall_s: float) -> float:
    """Return what part of all cores some work took."""
    return max(0.0, work_s / wall_s / (os.cpu_count() or 1))


def clocked(work: Callable[[], object]) -> Run:
    """Time a piece of work of this process's own."""
    busy, own_s, started_s = busy_s(), time.process_time(), time.perf_counter()
    work()
    wall_s, cpu_s = time.perf_counter() - started_s, time.process_time() - own_s
    return Run(wall_s=wall_s, cpu_s=cpu_s, others=share(busy_s() - busy - cpu_s, wall_s))


def empty(home: Path) -> None:
    """Make a home in which nothing is left of an earlier run."""
    shutil.rmtree(home, ignore_errors=True)
    home.mkdir()


def watched(command: Sequence[str], home: Path, *, server: int | None = None) -> Run:
    """Run a command, looking at the peaks of all its processes every few milliseconds.

    ``server`` is a child of ours that answers the command and works for nobody else meanwhile.
    """
    before, server_s = frozenset(children(os.getpid())), worked_s(server)
    started_busy_s, started_s = busy_s(), time.perf_counter()
    with (home / "errors").open("w+") as errors:
        process = subprocess.Popen(
            command, cwd=home, env=environment(home), stdout=subprocess.DEVNULL, stderr=errors
        )
        peaks = watch(process.pid)
        wall_s = time.perf_counter() - started_s
        process.returncode, cpu_s = reap(process.pid, before)
        errors.seek(0)
        if process.returncode:
            raise click.ClickException(f"{' '.join(command)}: {errors.read()[-2000:]}")
    server_cpu_s = worked_s(server) - server_s
    return Run(
        wall_s=wall_s,
        cpu_s=cpu_s,
        others=share(busy_s() - started_busy_s - cpu_s - server_cpu_s, wall_s),
        peak_bytes=max(peaks, default=0),
        server_cpu_s=server_cpu_s,
    )


def worked_s(pid: int | None) -> float:
    """Return the processor time of a process until now; see proc_pid_stat(5)."""
    if pid is None:
        return 0.0
    fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    user, system = map(int, fields[11:13])
    return (user + system) / os.sysconf("SC_CLK_TCK")


def adopt() -> None:
    """Become the parent of processes whose own has ended, so that their times can be had."""
    set_child_subreaper = 36
    ctypes.CDLL(None, use_errno=True).prctl(set_child_subreaper, 1, 0, 0, 0)


def reap(pid: int, before: Collection[int]) -> tuple[int, float]:
    """Wait for a process and all that it left; return its exit code and their processor time.

    Children that were there before are waited for by who started them.
    """
    code, cpu_s = 0, 0.0
    while left := [child for child in children(os.getpid()) if child not in before]:
        ended, status, used = os.wait4(left[0], 0)
        cpu_s += used.ru_utime + used.ru_stime
        code = os.waitstatus_to_exitcode(status) if ended == pid else code
    return code, cpu_s


def environment(home: Path) -> dict[str, str]:
    """Return an environment in which a tool finds only ``home``, and looks for no new version.

    Python may keep what it compiled, as it does where nobody forbids it.
    """
    dropped = ("TRIVY_", "SYFT_", "HULLMARK_", "XDG_", "PYTHONDONTWRITEBYTECODE")
    kept = {name: value for name, value in os.environ.items() if not name.startswith(dropped)}
    ours = {"HOME": str(home), "HULLMARK_HOME": str(home / "hullmark")}
    return kept | ours | {"SYFT_CHECK_FOR_APP_UPDATE": "false"}


def watch(pid: int) -> Collection[int]:
    """Return the peak resident sizes of a process and its descendants once it has ended.

    The kernel keeps each process's peak, so a late look still sees it.
    """
    peaks: dict[int, int] = {}
    descriptor = os.pidfd_open(pid)
    try:
        ended = select.poll()
        ended.register(descriptor, select.POLLIN)
        while not ended.poll(POLL_MS):
            for each in descendants(pid):
                peaks[each] = max(peaks.get(each, 0), peak_bytes(each))
    finally:
        os.close(descriptor)
    return peaks.values()


def descendants(pid: int) -> Iterator[int]:
    """Yield a process and what it and its children started."""
    yield pid
    for child in children(pid):
        yield from descendants(child)


def children(pid: int) -> Iterator[int]:
    """Yield what a process started or adopted and has not waited for."""
    threads: list[Path] = []
    with suppress(OSError):
        threads = list(Path(f"/proc/{pid}/task").iterdir())
    for thread in threads:
        with suppress(OSError):
            yield from map(int, (thread / "children").read_text().split())


def peak_bytes(pid: int) -> int:
    """Return a process's peak resident size, 0 for one that is gone."""
    with suppress(OSError):
        if line := re.search(r"VmHWM:\s*(\d+) kB", Path(f"/proc/{pid}/status").read_text()):
            return int(line[1]) * 1024
    return 0
