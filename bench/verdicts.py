"""Which vulnerabilities Trivy and Hullmark report of the same targets with the same advisories.

    ./dev bench verdicts --advisories FILE TARGET...

A target is ``dir:PATH``, ``archive:PATH`` or ``sbom:PATH``. Trivy gets the advisories in its own
form (``bench.trivy_data``). A pair is a package (purl without qualifiers) and a vulnerability; one
that both report under different ids of the same record is one. What we put aside, since a program
holds none of the vulnerable functions, counts as reported: Trivy does not look.
"""

import json
import os
import sys
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from subprocess import run
from tempfile import TemporaryDirectory
from urllib.parse import unquote

import click

from bench.peers import HULLMARK, TRIVY_ALONE, peer
from bench.trivy_data import database

TRIVY_COMMANDS = {
    "dir": ("rootfs",),
    "archive": ("image", "--input"),
    "sbom": ("sbom",),
}
SHOWN = 200

Pair = tuple[str, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Compared:
    """What both report, and what one of them alone does."""

    both: frozenset[Pair]
    ours: frozenset[Pair]
    trivys: frozenset[Pair]

    @property
    def agreement(self) -> float:
        """The share of all pairs that both report."""
        return len(self.both) / (len(self.both) + len(self.ours) + len(self.trivys) or 1)


@click.command()
@click.argument("targets", nargs=-1, required=True)
@click.option("--advisories", required=True, type=click.Path(exists=True, path_type=Path))
@click.option("--trivy", default="", help="Trivy, where it is not on PATH.")
def main(targets: tuple[str, ...], advisories: Path, trivy: str) -> None:
    """Compare, and print the shares and every difference."""
    with TemporaryDirectory() as name:
        home = Path(name)
        program = peer(home, "trivy", trivy)
        database(str(advisories), home)
        lines = ["| Target | Ours | Trivy | Both | Agreement |", "|---|---:|---:|---:|---:|"]
        told = []
        for target in targets:
            found = compared(ours(target, advisories), trivys(program, target, home))
            counts = len(found.both | found.ours), len(found.both | found.trivys), len(found.both)
            lines.append(f"| {target} | {' | '.join(map(str, counts))} | {found.agreement:.4f} |")
            told += list(differences(target, found))
    print("\n".join([*lines, "", *told]))


def compared(reported: Mapping[str, Mapping[str, str]], other: frozenset[Pair]) -> Compared:
    """Hold Trivy's pairs against ours, by any id that ours go by."""
    mine = frozenset((package, id) for package, ids in reported.items() for id in ids.values())
    theirs = frozenset((package, reported.get(package, {}).get(id, id)) for package, id in other)
    return Compared(both=mine & theirs, ours=mine - theirs, trivys=theirs - mine)


def ours(target: str, advisories: Path) -> Mapping[str, Mapping[str, str]]:
    """By package: every id of each vulnerability, and the one that leads."""
    world = {**os.environ, "HULLMARK_HOME": str(advisories.parent)}
    said = run(our_command(target), check=True, capture_output=True, env=world).stdout
    report = json.loads(said)
    found: dict[str, dict[str, str]] = {}
    aside = [each["finding"] for each in report["suppressed"]]
    for finding in [*report["findings"], *aside]:
        if finding["kind"] == "vulnerability":
            ids = found.setdefault(plain(finding["subject"]), {})
            ids |= dict.fromkeys((finding["rule"], *finding["aliases"]), finding["rule"])
    return found


def our_command(target: str) -> list[str]:
    """The whole command; what lock files ask for counts only in bills of materials."""
    return [*HULLMARK, "scan", target, "--format", "json", "--quiet", "--no-cache"]


def trivys(program: str, target: str, home: Path) -> frozenset[Pair]:
    """What Trivy reports with the database in ``home``."""
    said = run(trivy_command(program, target, home), check=True, capture_output=True).stdout
    return frozenset(_pairs(json.loads(said)))


def trivy_command(program: str, target: str, home: Path) -> list[str]:
    """Trivy on a target, for vulnerabilities alone."""
    kind, _, path = target.partition(":")
    command = [program, *TRIVY_COMMANDS[kind], path, "--scanners", "vuln", "--format", "json"]
    if kind == "sbom":
        command = [program, "sbom", path, "--format", "json"]
    return [*command, "--cache-dir", str(home), *TRIVY_ALONE]


def differences(target: str, found: Compared) -> Iterator[str]:
    """A line for each kind of package, and one for each pair that one alone reports."""
    for who, pairs in (("only ours", found.ours), ("only Trivy", found.trivys)):
        types = Counter(package.partition("/")[0] for package, _ in pairs)
        for type, count in sorted(types.items()):
            yield f"{target}: {who}: {type}: {count}"
        for package, id in sorted(pairs)[:SHOWN]:
            yield f"{target}: {who}: {package} {id}"


def plain(purl: str) -> str:
    """A purl as both write it: no qualifiers, no epoch, and Go's versions with their ``v``."""
    named = unquote(purl.partition("?")[0].partition("#")[0]).lower()
    name, _, version = named.rpartition("@")
    if name.startswith(("pkg:deb/", "pkg:rpm/")):
        version = version.partition(":")[2] or version
    return f"{name}@{version.removeprefix('v')}"


def _pairs(report: Mapping[str, object]) -> Iterator[Pair]:
    results = report.get("Results") or []
    for result in results if isinstance(results, list) else []:
        for each in result.get("Vulnerabilities") or []:
            yield plain(each["PkgIdentifier"]["PURL"]), each["VulnerabilityID"]


if __name__ == "__main__":
    sys.exit(main())
