"""Time, memory and files looked at of the search for secrets, beside Trivy and gitleaks.

The image of ``bench.inventory`` in both forms: for secrets alone and, with ``--advisories``, with
all scanners. Then a tree of Python libraries. Each tool starts in an empty home; ours has the
expressions that a first scan compiled and keeps, which ``first scan`` has not.
"""

import json
import shutil
import statistics
import tempfile
from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path

import click

from bench.image import ARCHIVE, OCI, Image, bench_directory, make_image
from bench.libraries import make_libraries
from bench.looked import counted, in_layers, in_tree
from bench.pages import Bound, at_most, image_facts, machine, promised, undisturbed, versions
from bench.peers import OURS, TRIVY, TRIVY_ALONE, our_command, peer, version_of
from bench.runs import Run, adopt, empty, steady, watched
from bench.trivy_data import database

GITLEAKS = "gitleaks"
FIRST = "Hullmark, first scan"
TREE = "tree"
SECRETS, ALL = "secrets", "all scanners"
MEGABYTE = 1_000_000
OF_TRIVY, OF_GITLEAKS = 3.0, 10.0
"""How many times as fast as each the search for secrets is to be; all scanners as the first."""

Key = tuple[str, str, str]
"""Work, form, tool."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Contest:
    """One tool at one work: its command, given a report and a home that ``prepare`` has filled."""

    key: Key
    target: Path
    command: Callable[[Path, Path], list[str]]
    prepare: Callable[[Path], None] = lambda _: None


@dataclass(slots=True, kw_only=True)
class Results:
    """Runs of every contest, and how many secrets each told of in the last."""

    runs: dict[Key, list[Run]] = field(default_factory=lambda: defaultdict(list))
    found: dict[Key, int] = field(default_factory=dict)

    def wall_s(self, key: Key) -> float | None:
        """Return the median wall time, if there is one."""
        runs = self.runs.get(key)
        return statistics.median(run.wall_s for run in runs) if runs else None


@click.command()
@click.option("--runs", default=3, show_default=True, help="Runs of each tool on each target.")
@click.option("--tree", type=click.Path(exists=True, path_type=Path), help="A tree of your own.")
@click.option("--advisories", type=click.Path(exists=True, path_type=Path), help="advisories.db")
@click.option("--only", multiple=True, type=click.Choice((ARCHIVE, OCI, TREE)))
@click.option("--trivy", default="", metavar="PATH", help="The trivy to run.")
@click.option("--gitleaks", default="", metavar="PATH", help="The gitleaks to run.")
@click.option("--write", type=click.Path(path_type=Path), help="Write the section here too.")
def main(  # noqa: PLR0917 - as click hands them over
    runs: int,
    tree: Path | None,
    advisories: Path | None,
    only: tuple[str, ...],
    trivy: str,
    gitleaks: str,
    write: Path | None,
) -> None:
    """Run the benchmark of secrets and print its section."""
    home = bench_directory()
    image = make_image(home)
    libraries = tree.absolute() if tree else make_libraries(home)
    programs = {TRIVY: peer(home, "trivy", trivy), GITLEAKS: peer(home, "gitleaks", gitleaks)}
    results = Results()
    adopt()
    with tempfile.TemporaryDirectory(prefix="hullmark-bench-") as scratch:
        place = Path(scratch)
        contests = [
            *on_image(image, programs, place),
            *(with_everything(image, programs, place, advisories) if advisories else ()),
            *on_tree(libraries, programs, place),
        ]
        for _ in range(runs):
            for each in contests:
                if not only or each.key[1] in only:
                    measure(each, place, results)
    text = "\n".join(section(image, libraries, programs, results))
    print(text)
    if write:
        write.write_text(text)


def on_image(image: Image, programs: dict[str, str], place: Path) -> Iterator[Contest]:
    """Yield the search for secrets in both forms of the image."""
    for form, target in ((ARCHIVE, image.archive), (OCI, image.layout)):
        trivy = partial(trivy_image, programs[TRIVY], target, "secret")
        yield Contest(key=(SECRETS, form, TRIVY), target=target, command=trivy)
        yield ours((SECRETS, form, OURS), target, place)
    yield ours((SECRETS, OCI, FIRST), image.layout, place, compiled=False)


def with_everything(
    image: Image, programs: dict[str, str], place: Path, advisories: Path
) -> Iterator[Contest]:
    """Yield every scanner on both forms, with the same advisories."""
    data = place / "trivy-data"
    data.mkdir()
    database(str(advisories), data)

    def filled(home: Path) -> None:
        for name in ("db", "java-db"):
            shutil.copytree(data / name, home / name)

    for form, target in ((ARCHIVE, image.archive), (OCI, image.layout)):
        trivy = partial(trivy_image, programs[TRIVY], target, "vuln,secret,misconfig")
        yield Contest(key=(ALL, form, TRIVY), target=target, command=trivy, prepare=filled)
        yield ours((ALL, form, OURS), target, place, advisories=advisories)


def on_tree(tree: Path, programs: dict[str, str], place: Path) -> Iterator[Contest]:
    """Yield the search for secrets in a tree."""
    yield Contest(
        key=(SECRETS, TREE, GITLEAKS),
        target=tree,
        command=lambda report, _: [
            *(programs[GITLEAKS], "dir", str(tree), "--no-banner", "--exit-code", "0"),
            *("--report-format", "json", "--report-path", str(report)),
        ],
    )
    yield Contest(
        key=(SECRETS, TREE, TRIVY),
        target=tree,
        command=lambda report, home: [
            *(programs[TRIVY], "fs", str(tree), "--scanners", "secret", "--format", "json"),
            *("--output", str(report), "--cache-dir", str(home), *TRIVY_ALONE),
        ],
    )
    yield ours((SECRETS, TREE, OURS), tree, place)


def trivy_image(program: str, target: Path, scanners: str, report: Path, home: Path) -> list[str]:
    """Return Trivy's command line on an image."""
    return [
        *(program, "image", "--input", str(target), "--scanners", scanners, "--format", "json"),
        *("--output", str(report), "--cache-dir", str(home)),
        *(*TRIVY_ALONE, "--skip-check-update", "--timeout", "30m"),
    ]


def ours(
    key: Key, target: Path, place: Path, *, advisories: Path | None = None, compiled: bool = True
) -> Contest:
    """Return the contest of ``hullmark scan``: all scanners where there are advisories."""
    form = "dir" if key[1] == TREE else key[1]
    options = ("--no-cache", *(() if advisories else ("--scanners", "secrets")))

    def prepare(home: Path) -> None:
        if compiled:
            kept = expressions(place, options)
            shutil.copytree(kept, home / "hullmark" / "cache" / "compiled")
        if advisories:
            (home / "hullmark").mkdir(exist_ok=True)
            shutil.copy(advisories, home / "hullmark" / "advisories.db")

    command = partial(our_form, f"{form}:{target}", options)
    return Contest(key=key, target=target, command=command, prepare=prepare)


def our_form(target: str, options: Sequence[str], report: Path, _home: Path) -> list[str]:
    """Return our command line."""
    return our_command(target, report, *options)


def expressions(place: Path, options: Sequence[str]) -> Path:
    """Return what a scan of an empty folder compiles and keeps, made once for these options."""
    home = place / f"compiled-{len(options)}"
    if not home.exists():
        home.mkdir()
        nothing = home / "nothing"
        nothing.mkdir()
        watched(our_command(f"dir:{nothing}", home / "report", *options), home)
    return home / "hullmark" / "cache" / "compiled"


def measure(contest: Contest, place: Path, results: Results) -> None:
    """Run a contest once and count what it found."""
    home, report = place / "home", place / "report.json"
    report.unlink(missing_ok=True)

    def once() -> Run:
        empty(home)
        contest.prepare(home)
        return watched(contest.command(report, home), home)

    results.runs[contest.key].append(steady(", ".join(contest.key), contest.target, once))
    results.found[contest.key] = secrets_in(report)


def secrets_in(report: Path) -> int:
    """Count the secrets of a report of any of the three."""
    told = json.loads(report.read_text() or "[]")
    if isinstance(told, list):
        return len(told)
    if "findings" in told:
        return sum(each["kind"] == "secret" for each in told["findings"])
    return sum(len(each.get("Secrets") or ()) for each in told.get("Results") or ())


def section(image: Image, tree: Path, programs: dict[str, str], results: Results) -> Iterator[str]:
    """Yield the lines of the section."""
    yield from ("## Secrets", "", *image_facts(image))
    looked = {
        ARCHIVE: (files := counted(in_layers(each.blob for each in image.layers))),
        OCI: files,
        TREE: counted(in_tree(tree)),
    }
    size = sum(path.lstat().st_size for path in tree.rglob("*") if path.is_file())
    yield f"- Tree: {looked[TREE][0]:,} files of Python libraries, {size / MEGABYTE:.0f} MB."
    yield machine()
    tools = {TRIVY: version_of(programs[TRIVY]), GITLEAKS: version_of(programs[GITLEAKS])}
    yield versions(tools, "hullmark", "hyperscan")
    yield undisturbed(run for runs in results.runs.values() for run in runs)
    yield ""
    yield "| Work | Form | Tool | Wall (s) | CPU (s) | Peak (MB) | Files | Secrets | Ratio |"
    yield "|---|---|---|---:|---:|---:|---:|---:|---:|"
    for key in results.runs:
        yield row(key, results, looked[key[1]])
    yield from ("", *map(promised, bounds(results)), "")
    yield "Files: Trivy's are those that its own lists leave (no `usr/lib`, no `node_modules`, no"
    yield "binaries, no tests, nothing with `example` in its path); we search every byte of every"
    yield "file. gitleaks tells in bytes alone what it read."
    yield ""


def row(key: Key, results: Results, looked: tuple[int, int]) -> str:
    """Return a line of the table."""
    work, form, name = key
    runs = results.runs[key]
    wall_s, ours_s = results.wall_s(key) or 0, results.wall_s((work, form, OURS))
    cpu_s = statistics.median(run.cpu_s for run in runs)
    peak = max(run.peak_bytes for run in runs) / MEGABYTE
    files = f"{looked[name == TRIVY]:,}" if name != GITLEAKS else "-"
    ratio = f"{wall_s / ours_s:.2f}" if ours_s else "-"
    figures = f"{wall_s:.2f} | {cpu_s:.2f} | {peak:.0f} | {files} | {results.found[key]} | {ratio}"
    return f"| {work} | {form} | {name} | {figures} |"


def bounds(results: Results) -> Iterator[Bound]:
    """Yield every promise with its measured figure."""
    for form in (ARCHIVE, OCI):
        yield times(results, (SECRETS, form, TRIVY), OF_TRIVY)
    yield times(results, (SECRETS, TREE, GITLEAKS), OF_GITLEAKS)
    for form in (ARCHIVE, OCI):
        key = ALL, form, OURS
        theirs_s = results.wall_s((ALL, form, TRIVY)) or 0.0
        promise = f"{form}, all scanners, in at most a third of Trivy's time"
        yield at_most(promise, results.wall_s(key), theirs_s / OF_TRIVY)


def times(results: Results, key: Key, factor: float) -> Bound:
    """Return the promise that a peer takes some times as long as we do."""
    work, form, name = key
    promise = f"{work}, {form}: at least {factor:g} times as fast as {name}"
    theirs_s, ours_s = results.wall_s(key), results.wall_s((work, form, OURS))
    if not theirs_s or not ours_s:
        return Bound(promise=promise, measured="not measured", met=None)
    ratio = theirs_s / ours_s
    return Bound(promise=promise, measured=f"{ratio:.2f} times", met=ratio >= factor)


if __name__ == "__main__":
    main()
