"""Time, memory and findings of ``hullmark scan`` beside Trivy, Syft and the work nobody can avoid.

Every tool reads the same two forms of one image: the archive that ``docker save`` writes and an OCI
layout with gzip layers. Each starts with an empty home and with the files in the page cache; runs
alternate between the tools, and one that other processes disturbed is taken again.
"""

import statistics
import tempfile
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path

import click

from bench.baselines import HASH, INFLATE, INFLATERS, baselines
from bench.compared import Package, comparison, found, found_table, missed
from bench.image import ARCHIVE, OCI, Image, bench_directory, make_image
from bench.pages import Bound, at_most, image_facts, machine, promised, undisturbed, versions
from bench.peers import HULLMARK, OURS, SYFT, TRIVY, WARM, Tool, competitors
from bench.runs import Run, adopt, calm, clocked, empty, steady, watched

VERSION_RUNS = 10
MEGABYTE = 1_000_000
SHOWN = 20


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
    (home / "comparison.txt").write_text(comparison(results.packages, shown=None))
    print(text, comparison(results.packages, shown=SHOWN), sep="\n")
    print(f"Full lists: {home / 'comparison.txt'}")
    if write:
        write.write_text(text)


def measure_baselines(image: Image, results: Results) -> None:
    """Time each baseline once."""
    targets = {ARCHIVE: image.archive, OCI: image.layout}
    for each in baselines(image):
        run = steady(each.name, targets[each.form], partial(clocked, each.work))
        results.runs[each.name, each.form].append(run)


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
            prepare(home, tool)
        return watched(command, home)

    if tool.keeps_home and (tool.name, form) not in results.runs:
        prepare(home, tool)
        watched(command, home)
    results.runs[tool.name, form].append(steady(f"{tool.name}, {form}", target, once))
    results.packages[tool.name, form] = found(report, tool.name)


def prepare(home: Path, tool: Tool) -> None:
    """Give a tool a home with nothing in it but what it cannot do without."""
    empty(home)
    tool.prepare(home)


def start_s(home: Path) -> float:
    """Return the median time of ``hullmark --version``."""
    calm()
    runs = (watched((*HULLMARK, "--version"), home) for _ in range(VERSION_RUNS))
    return statistics.median(run.wall_s for run in runs)


def page(image: Image, tools: Sequence[Tool], results: Results, version_s: float) -> str:
    """Write the page with the tables."""
    return "\n".join(
        [
            "# The inventory benchmark",
            "",
            *facts(image, tools, results),
            "",
            *table(results),
            "",
            *map(promised, bounds(results, version_s)),
            "",
            *found_table(results.packages),
            "",
        ]
    )


def facts(image: Image, tools: Sequence[Tool], results: Results) -> Iterator[str]:
    """Yield what was measured, with what and on what."""
    yield from image_facts(image)
    yield machine()
    used = {tool.name: tool.version for tool in tools if tool.name != WARM}
    yield versions(used, "isal", "zlib-ng")
    yield undisturbed(run for runs in results.runs.values() for run in runs)


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
        missing = missed(results.packages, form)
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


if __name__ == "__main__":
    main()
