"""Time of holding packages against advisories, ours and Trivy's with the same data.

    ./dev bench match --advisories FILE [--report FILE] [--trivy PATH] [--write FILE]

In a drawn *inventory* one package in five has a name that advisories know, as in the benchmark
image (234 of 1,245). Names are drawn from the advisories, in the shares that ecosystems have there;
one in ten stands at a version that an advisory once ended or began with, the others at the newest
that any names. *Known* is an inventory of such packages alone; in the *worst* case every other one
is affected by all there ever was. ``--report`` names a real one, as ``scan --format json`` has it.
"""

import gc
import json
import random
import statistics
import sys
import time
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime
from pathlib import Path
from tempfile import TemporaryDirectory

import click

from bench.drawn import parts_of
from bench.peers import peer
from bench.runs import Run, empty, watched
from bench.trivy_data import database
from bench.verdicts import compared, differences, our_command, ours, trivy_command, trivys
from hullmark.advisories.match import matched
from hullmark.advisories.places import SCHEMES
from hullmark.apps.cli.main import YOUNG
from hullmark.model import Distribution, Package
from hullmark.sources.report import read
from hullmark.store.advisory_file import Advisories

DEBIAN = Distribution(id="debian", version="12")
TYPES = {ecosystem: type for type, (ecosystem, _) in SCHEMES.items()}
PEERS_TYPES = frozenset(("deb", "cargo", "composer", "gem", "golang", "maven", "npm", "pypi"))
"""What Trivy matches too when a bill of materials tells of it."""

SEED = 20261122
RUNS = 7
WHOLE_RUNS = 3
AFFECTED = 0.1
KNOWN = 0.2
FIRST = "0.0.1"
AIMS = {500: 0.05, 10_000: 1.0}
"""Seconds within which so many packages are to be matched."""


@click.command()
@click.option("--advisories", required=True, type=click.Path(exists=True, path_type=Path))
@click.option("--report", type=click.Path(exists=True, path_type=Path), help="What a scan told.")
@click.option("--trivy", default="", help="Trivy, where it is not on PATH; 'none' leaves it out.")
@click.option("--write", type=click.Path(path_type=Path), help="Write the tables there too.")
def main(advisories: Path, report: Path | None, trivy: str, write: Path | None) -> None:
    """Measure, and print two tables."""
    gc.set_threshold(YOUNG, 20, 100)
    with Advisories.open(str(advisories)) as on_hand:
        drawn = list(names(on_hand))
    lines = ["| Packages | Affected by | Findings | Match (ms) | Aim (ms) |"]
    lines.append("|---:|---|---:|---:|---:|")
    chooser = random.Random(SEED)  # noqa: S311 - a draw
    for kind in (inventory, known, worst):
        for count, aim_s in AIMS.items():
            chosen = list(kind(drawn, count, chooser))
            lines.append(row(chosen, kind.__name__, aim_s, advisories))
    if report:
        found = of_report(report)
        lines.append(row(found, "an image: all", 0.0, advisories))
        some = chooser.sample(found, min(len(found), *AIMS))
        lines.append(row(some, "an image: some", AIMS[min(AIMS)], advisories))
    if trivy != "none":
        lines += ["", *against_trivy(drawn, chooser, advisories, trivy)]
    text = "\n".join(lines) + "\n"
    sys.stdout.write(text)
    if write:
        write.write_text(text)


def of_report(report: Path) -> Sequence[Package]:
    """The packages that a scan found."""
    return read(report.read_bytes(), str(report), "").packages


def row(chosen: Sequence[Package], kind: str, aim_s: float, advisories: Path) -> str:
    """The median time of matching, once the file is open."""
    taken, findings = [], 0
    for _ in range(RUNS):
        with Advisories.open(str(advisories)) as on_hand:
            begun = time.perf_counter()
            result = matched(chosen, DEBIAN, on_hand, now=datetime.now(tz=UTC))
            taken.append(time.perf_counter() - begun)
        findings = len(result.findings)
    aim = f"{aim_s * 1000:.0f}" if aim_s else "-"
    took = f"{statistics.median(taken) * 1000:.0f} | {aim}"
    return f"| {len(chosen)} | {kind} | {findings} | {took} |"


def against_trivy(
    drawn: Sequence[Package], chooser: random.Random, advisories: Path, trivy: str
) -> Iterator[str]:
    """Both on the same bills of materials: whole commands, from nothing to the report."""
    heads = "Packages", "Tool", "Wall (s)", "CPU (s)", "Peak (MB)", "Data (MB)", "Pairs", "Agreed"
    yield f"| {' | '.join(heads)} |"
    yield "|---:|---|---:|---:|---:|---:|---:|---:|"
    told: list[str] = []
    with TemporaryDirectory() as name:
        folder = Path(name)
        program = peer(folder, "trivy", trivy)
        data = database(str(advisories), folder)
        for count in AIMS:
            chosen = known([each for each in drawn if each.type in PEERS_TYPES], count, chooser)
            bill = folder / f"{count}.cdx.json"
            bill.write_text(json.dumps(bill_of(list(chosen))))
            target = f"sbom:{bill}"
            found = compared(ours(target, advisories), trivys(program, target, folder))
            told += differences(f"sbom:{count}", found)
            pairs = len(found.both | found.ours), len(found.both | found.trivys)
            home = folder / "home"
            times = (
                timed(our_command(target), home, advisories),
                timed(trivy_command(program, target, folder), home, None),
            )
            for tool, ran, size, number in zip(
                ("Hullmark", "Trivy"), times, (advisories, data), pairs, strict=True
            ):
                cells = (count, tool, f"{ran.wall_s:.2f}", f"{ran.cpu_s:.2f}")
                more = (f"{ran.peak_bytes / 1e6:.0f}", f"{size.stat().st_size / 1e6:.0f}", number)
                yield f"| {' | '.join(map(str, (*cells, *more)))} | {found.agreement:.4f} |"
    print("\n".join(told), file=sys.stderr)


def timed(command: Sequence[str], home: Path, advisories: Path | None) -> Run:
    """The run of median wall time; our own home holds a link to the advisories."""
    runs = []
    for _ in range(WHOLE_RUNS):
        empty(home)
        if advisories:
            (home / "hullmark").mkdir()
            (home / "hullmark" / advisories.name).symlink_to(advisories.resolve())
        runs.append(watched(command, home))
    return sorted(runs, key=lambda run: run.wall_s)[WHOLE_RUNS // 2]


def names(on_hand: Advisories) -> Iterator[Package]:
    """A package of each name that a record of a known ecosystem has, at all its bounds.

    Versions stand in ``requires``, lowest records first, for ``inventory`` to choose from.
    """
    bounds: dict[tuple[str, str], dict[str, None]] = {}
    for record in on_hand.records():
        for affected in record.affected:
            ecosystem = affected.ecosystem
            type = "deb" if ecosystem == "Debian:12" else TYPES.get(ecosystem, "")
            for each in affected.ranges if type else ():
                found = [version for _, version in each.events if version != "0"]
                bounds.setdefault((type, affected.name), {}).update(dict.fromkeys(found))
    for (type, name), versions in bounds.items():
        if versions:
            yield package(type, name, tuple(versions))


def package(type: str, name: str, versions: tuple[str, ...]) -> Package:
    """A package by the name that its ecosystem calls it by."""
    namespace = "debian" if type == "deb" else ""
    if type == "maven":
        namespace, _, name = name.partition(":")
    elif type == "npm" and name.startswith("@"):
        namespace, _, name = name.partition("/")
    elif type in ("golang", "composer"):
        namespace, _, name = name.rpartition("/")
    return Package(
        type=type,
        namespace=namespace,
        name=name,
        version=versions[-1],
        path="bench",
        requires=versions,
    )


def inventory(drawn: Sequence[Package], count: int, chooser: random.Random) -> Iterator[Package]:
    """Some packages, most of them of names that no advisory knows."""
    yield from known(drawn, int(count * KNOWN), chooser)
    for number, each in enumerate(chooser.choices(drawn, k=count - int(count * KNOWN))):
        unknown = f"bench-{number}"
        yield Package(type=each.type, name=unknown, version=each.version, path="bench")


def known(drawn: Sequence[Package], count: int, chooser: random.Random) -> Iterator[Package]:
    """Some packages, a tenth of them at a version that need not be the newest; some twice."""
    for each in chooser.sample([*drawn, *drawn], min(count, 2 * len(drawn))):
        older = chooser.random() < AFFECTED
        yield at(each, chooser.choice(each.requires) if older else each.version)


def worst(drawn: Sequence[Package], count: int, chooser: random.Random) -> Iterator[Package]:
    """Some packages, every other one older than all advisories; some twice."""
    for number, each in enumerate(chooser.sample([*drawn, *drawn], min(count, 2 * len(drawn)))):
        yield at(each, FIRST if number % 2 else each.version)


def at(each: Package, version: str) -> Package:
    """The package at a version."""
    return Package(
        type=each.type, namespace=each.namespace, name=each.name, version=version, path="bench"
    )


def bill_of(chosen: Sequence[Package]) -> dict[str, object]:
    """A bill of materials as CycloneDX 1.5."""
    components = [
        {
            "type": "library",
            "bom-ref": str(number),
            "name": each.name,
            "group": each.namespace,
            "version": each.version,
            "purl": each.purl + ("?distro=debian-12" if each.type == "deb" else ""),
            "properties": source_of(each) if each.type == "deb" else [],
        }
        for number, each in enumerate(chosen)
    ]
    system = {"type": "operating-system", "bom-ref": "os", "name": "debian", "version": "12"}
    return {
        "bomFormat": "CycloneDX",
        "specVersion": "1.5",
        "version": 1,
        "components": [system, *components],
    }


def source_of(each: Package) -> list[dict[str, str]]:
    """What Trivy wants to know of a package that a distribution built."""
    told = {"PkgType": "debian", "SrcName": each.name, **parts_of(each.version, each.type)}
    return [
        {"name": f"aquasecurity:trivy:{name}", "value": value}
        for name, value in told.items()
        if value
    ]


if __name__ == "__main__":
    main()
