"""Who finds which packages: ``hullmark scan`` beside Trivy and Syft, on trees of many ecosystems.

The package managers themselves make the trees (``bench.trees``), each kept for the next run. A case
is scanned on its own, so that what one lock tells cannot hide that another is misread. The run
fails where both peers find a package that we miss and no exception says why that is right, and
where nobody finds anything.
"""

import json
import shutil
import subprocess
import sys
import tempfile
from collections import Counter, defaultdict
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from fnmatch import fnmatchcase
from pathlib import Path

import click

from bench.compared import Package, found, listed
from bench.image import bench_directory, kept
from bench.peers import (
    HULLMARK,
    OURS,
    SYFT,
    TRIVY,
    TRIVY_ALONE,
    empty_java_database,
    our_command,
    peer,
    version_of,
)
from bench.runs import environment
from bench.trees import languages, node, origins, python, systems, texts
from bench.workshop import Make, Workshop

CASES: Mapping[str, Make] = {
    **node.CASES,
    **python.CASES,
    **languages.CASES,
    **texts.CASES,
    **origins.CASES,
    **systems.CASES,
}

PROJECT = "the project itself is no package that it uses"

EXCEPTIONS: Mapping[str, str] = {
    "cargo/own-app@*": PROJECT,
    "cargo/app@*": PROJECT,
    "maven/org.example/own-*@*": PROJECT,
    "maven/org.example/shop@*": PROJECT,
    "pub/yew@*": "a folder beside the project is a part of it",
    "npm/*@file:*": "where a package lies is no version of it",
    "npm/green@1.0.0": "an alias stands for the package whose name it is not",
    "npm/part@": "a workspace's link is no package, and has no version",
    "npm/weir@1.2.3": "an extension of VS Code is named by its publisher too, and is none of npm's",
    "hex/own@0.1.0": "an organisation's package is named with it: two may have one of a name",
}
"""Patterns of ``type/name@version`` that both peers find and we name otherwise, and why."""

SHOWN = 12


@dataclass(frozen=True, slots=True, kw_only=True)
class Scanner:
    """One scanner: the command lines that scan a folder into reports."""

    name: str
    version: str
    commands: Callable[[Path, Path], Sequence[Sequence[str]]]


@dataclass(slots=True, kw_only=True)
class Comparison:
    """What each scanner found in one case, and what of the case we could not read."""

    case: str
    packages: dict[str, frozenset[Package]] = field(default_factory=dict)
    gaps: tuple[str, ...] = ()

    def both(self) -> frozenset[Package]:
        """Return what both peers found and we did not."""
        return (self.packages[TRIVY] & self.packages[SYFT]) - self.packages[OURS]

    def missed(self) -> frozenset[Package]:
        """Return those of them that no exception explains."""
        return frozenset(package for package in self.both() if not why(package))

    def empty(self) -> bool:
        """Say whether no scanner found anything, so that the case proves nothing."""
        return not any(self.packages.values())

    def only(self, name: str) -> frozenset[Package]:
        """Return what this scanner alone found."""
        others = (found for other, found in self.packages.items() if other != name)
        return self.packages[name].difference(*others)


@click.command()
@click.option("--trivy", default="", metavar="PATH", help="The trivy to run.")
@click.option("--syft", default="", metavar="PATH", help="The syft to run.")
@click.option("--only", multiple=True, metavar="GLOB", help="Cases to look at. Default: all.")
@click.option("--anew", is_flag=True, help="Make the trees anew.")
@click.option("--full", is_flag=True, help="List every package that only one tool found.")
@click.option("--write", type=click.Path(path_type=Path), help="Write the tables to this file too.")
def main(
    *, trivy: str, syft: str, only: tuple[str, ...], anew: bool, full: bool, write: Path | None
) -> None:
    """Compare what three scanners find in the trees, and print the differences."""
    home = bench_directory()
    scanners = [
        trivy_folder(peer(home, "trivy", trivy)),
        syft_folder(peer(home, "syft", syft)),
        ours(),
    ]
    wanted = {name: CASES[name] for name in CASES if not only or matches(name, only)}
    compared, absent = compare_all(wanted, scanners, home, anew=anew)
    print("\n".join(told(compared, None if full else SHOWN)))
    text = page(scanners, compared, absent)
    print(text)
    if write:
        write.write_text(text)
    sys.exit(any(each.missed() or each.empty() for each in compared))


def matches(name: str, patterns: Sequence[str]) -> bool:
    """Say whether one of the patterns is a case's."""
    return any(fnmatchcase(name, pattern) for pattern in patterns)


def compare_all(
    cases: Mapping[str, Make], scanners: Sequence[Scanner], home: Path, *, anew: bool
) -> tuple[list[Comparison], dict[str, str]]:
    """Compare what is found in each case; return why the others could not be made, too."""
    shop, compared, absent = Workshop(home=home / "tools"), [], {}
    for name, make in cases.items():
        try:
            tree = made(shop, home / "trees" / name.replace(" ", "-"), make, anew=anew)
        except click.ClickException as failed:
            absent[name] = failed.message.strip().splitlines()[-1]
        else:
            compared.append(compare(name, tree, scanners))
    return compared, absent


def made(shop: Workshop, tree: Path, make: Make, *, anew: bool) -> Path:
    """Return the folder of a case, made now unless it was made before."""
    if anew:
        shutil.rmtree(tree, ignore_errors=True)

    def fill(part: Path) -> None:
        part.mkdir(parents=True)
        make(shop, part)

    return kept(tree, fill)


# Scanning


def trivy_folder(path: str) -> Scanner:
    """Return Trivy, which reads locks of a project and packages of a root in two runs."""
    ways = {"fs": ("--include-dev-deps",), "rootfs": ()}

    def commands(tree: Path, report: Path) -> Sequence[Sequence[str]]:
        kind = ("--format", "cyclonedx", "--cache-dir", str(report.parent))
        return [
            (path, way, *own, *TRIVY_ALONE, *kind, "--output", f"{report}.{way}", str(tree))
            for way, own in ways.items()
        ]

    return Scanner(name=TRIVY, version=version_of(path), commands=commands)


def syft_folder(path: str) -> Scanner:
    """Return Syft, with everything that it can look for."""

    def commands(tree: Path, report: Path) -> Sequence[Sequence[str]]:
        every = ("--override-default-catalogers", "all")
        return [
            (path, "scan", f"dir:{tree}", *every, "--quiet", "--output", f"syft-json={report}.0")
        ]

    return Scanner(name=SYFT, version=version_of(path), commands=commands)


def ours() -> Scanner:
    """Return ``hullmark scan`` of a folder, locks included."""

    def commands(tree: Path, report: Path) -> Sequence[Sequence[str]]:
        options = ("--declared", "--no-cache", "--offline")
        return [our_command(f"dir:{tree}", report.with_suffix(".0"), *options)]

    return Scanner(name=OURS, version=version_of(*HULLMARK), commands=commands)


def compare(case: str, tree: Path, scanners: Sequence[Scanner]) -> Comparison:
    """Scan a case with every scanner."""
    print(case, file=sys.stderr)
    comparison = Comparison(case=case)
    for scanner in scanners:
        with tempfile.TemporaryDirectory(prefix="hullmark-bench-") as scratch:
            home = Path(scratch)
            empty_java_database(home)
            reports = scan(scanner, tree, home)
            packages = (found(report, scanner.name) for report in reports)
            comparison.packages[scanner.name] = frozenset().union(*packages)
            if scanner.name == OURS:
                comparison.gaps = tuple(gaps(reports[0]))
    return comparison


def scan(scanner: Scanner, tree: Path, home: Path) -> list[Path]:
    """Run a scanner on a folder with an empty home; return its reports."""
    for command in scanner.commands(tree, home / "report"):
        done = subprocess.run(
            command, cwd=home, env=environment(home), capture_output=True, text=True, check=False
        )
        if done.returncode:
            raise click.ClickException(f"{' '.join(command)}: {done.stderr[-2000:]}")
    return sorted(home.glob("report.*"))


def gaps(report: Path) -> Iterator[str]:
    """Yield what we say that we could not read."""
    for gap in json.loads(report.read_text())["gaps"]:
        yield f"{gap['subject']}: {gap['why']}"


def why(package: Package) -> str:
    """Return the reason why we leave out what both peers find, empty without one."""
    kind, name, version = package
    text = f"{kind}/{name}@{version}"
    return next((why for each, why in EXCEPTIONS.items() if fnmatchcase(text, each)), "")


# What is told


def told(compared: Sequence[Comparison], shown: int | None) -> Iterator[str]:
    """Yield the differences, case by case."""
    for each in compared:
        lists = [
            ("both find, we miss", each.missed()),
            *((f"only {name}", each.only(name)) for name in (TRIVY, SYFT, OURS)),
        ]
        lines = [line for title, packages in lists for line in listing(title, packages, shown)]
        lines += [f"  gap: {gap}" for gap in each.gaps]
        if lines:
            yield f"{each.case}:"
            yield from lines


def listing(title: str, packages: Collection[Package], shown: int | None) -> Iterator[str]:
    """Yield one list under its title; nothing for an empty one."""
    if packages:
        yield f"  {title}: {len(packages)}"
        yield from (f"  {line}" for line in listed(packages, shown))


def page(
    scanners: Sequence[Scanner], compared: Sequence[Comparison], absent: Mapping[str, str]
) -> str:
    """Write the part of a page with the tables."""
    versions = ", ".join(f"{scanner.name} {scanner.version}" for scanner in scanners)
    excused = Counter(why(package) for each in compared for package in each.both() if why(package))
    lines = [
        f"- Versions: {versions}.",
        f"- Cases: {len(compared)}, each scanned on its own.",
        *(
            f"- Left out: {reason} ({count} found by both peers)."
            for reason, count in excused.items()
        ),
        *(f"- Not made: {name}: {reason}." for name, reason in absent.items()),
        *(f"- Nobody found anything: {each.case}." for each in compared if each.empty()),
        "",
        *by_type(compared),
        "",
        *by_case(compared),
    ]
    return "\n".join([*lines, ""])


def by_type(compared: Sequence[Comparison]) -> Iterator[str]:
    """Yield the table of types of package, a package counting once in each case."""
    counts: dict[str, Counter[str]] = defaultdict(Counter)
    for each in compared:
        groups = {
            "all": frozenset.intersection(*each.packages.values()),
            "missed": each.missed(),
            **{name: each.only(name) for name in (TRIVY, SYFT, OURS)},
        }
        for group, packages in groups.items():
            for kind, _, _ in packages:
                counts[kind][group] += 1
    columns = ("all", "missed", TRIVY, SYFT, OURS)
    titles = ("All three", "Both peers, not Hullmark", *(f"Only {name}" for name in columns[2:]))
    yield f"| Type | {' | '.join(titles)} |"
    yield f"|---|{'---:|' * len(columns)}"
    for kind, count in sorted(counts.items()):
        yield f"| {kind} | {' | '.join(str(count[column]) for column in columns)} |"


def by_case(compared: Sequence[Comparison]) -> Iterator[str]:
    """Yield the table of cases."""
    names = (OURS, TRIVY, SYFT)
    yield f"| Case | {' | '.join(names)} | Both peers, not Hullmark |"
    yield "|---|---:|---:|---:|---:|"
    for each in compared:
        counts = " | ".join(str(len(each.packages[name])) for name in names)
        yield f"| {each.case} | {counts} | {len(each.missed())} |"


if __name__ == "__main__":
    main()
