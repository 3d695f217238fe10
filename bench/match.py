"""Time of holding packages against advisories, once the file of advisories is there.

    ./dev bench match --advisories FILE [--write FILE]

The packages are drawn from the advisories themselves, half of them at a version that is affected
and half at one that is fixed, in the shares that the ecosystems have: real inventories meet fewer.
"""

import random
import statistics
import sys
import time
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import click

from hullmark.advisories.match import matched
from hullmark.advisories.places import SCHEMES
from hullmark.model import Distribution, Package
from hullmark.store.advisory_file import Advisories

DEBIAN = Distribution(id="debian", version="12")
TYPES = {ecosystem: type for type, (ecosystem, _) in SCHEMES.items()}
SEED = 20261122
RUNS = 7
SIZES = ((500, 0.05), (10_000, 1.0))
"""Packages, and the seconds within which they are to be matched."""


@click.command()
@click.option("--advisories", required=True, type=click.Path(exists=True, dir_okay=False))
@click.option("--write", type=click.Path(path_type=Path), help="Write the table there too.")
def main(advisories: str, write: Path | None) -> None:
    """Measure, and print a table."""
    with Advisories.open(advisories) as known:
        drawn = list(packages(known))
    lines = ["| Packages | Findings | Median (ms) | Aim (ms) | |", "|---:|---:|---:|---:|---|"]
    for count, aim_s in SIZES:
        chosen = random.Random(SEED).sample(drawn, min(count, len(drawn)))  # noqa: S311 - a draw
        taken, findings = [], 0
        for _ in range(RUNS):
            begun = time.perf_counter()
            with Advisories.open(advisories) as known:
                result = matched(chosen, DEBIAN, known, now=datetime.now(tz=UTC))
            taken.append(time.perf_counter() - begun)
            findings = len(result.findings)
        median_s = statistics.median(taken)
        met = "met" if median_s <= aim_s else "not met"
        cells = (len(chosen), findings, f"{median_s * 1000:.0f}", f"{aim_s * 1000:.0f}", met)
        lines.append(f"| {' | '.join(map(str, cells))} |")
    text = "\n".join(lines) + "\n"
    sys.stdout.write(text)
    if write:
        write.write_text(text)


def packages(known: Advisories) -> Iterator[Package]:
    """One or two packages of each name that a record of a known ecosystem has."""
    seen = set()
    for record in known.records():
        for affected in record.affected:
            ecosystem, name = affected.ecosystem, affected.name
            type = "deb" if ecosystem == "Debian:12" else TYPES.get(ecosystem, "")
            if not type or (ecosystem, name) in seen or not affected.ranges:
                continue
            seen.add((ecosystem, name))
            bounds = [version for _, version in affected.ranges[0].events if version != "0"]
            for version in [*bounds[-1:], "0.0.1"]:
                yield package(type, name, version)


def package(type: str, name: str, version: str) -> Package:
    """A package by the name that its ecosystem calls it by."""
    if type == "maven":
        namespace, _, name = name.partition(":")
        return Package(type=type, namespace=namespace, name=name, version=version, path="bench")
    if type == "deb":
        return Package(type=type, namespace="debian", name=name, version=version, path="bench")
    return Package(type=type, name=name, version=version, path="bench")


if __name__ == "__main__":
    main()
