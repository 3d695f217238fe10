"""Bills of materials of distributions' packages, at versions that advisories name.

    ./dev bench drawn --advisories FILE [--trivy PATH]

Each release that both judge gets a bill of its source packages, each at one of the bounds of its
advisories, and the pairs that Trivy and Hullmark report are compared as by ``bench.verdicts``.
"""

import json
import random
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path
from tempfile import TemporaryDirectory

import click

from bench.peers import peer
from bench.trivy_data import database
from bench.verdicts import compared, differences, ours, trivys
from hullmark.model import Package
from hullmark.store.advisory_file import Advisories

RELEASES = {
    "Alpine:v3.11": ("apk", "alpine", "3.11.6"),
    "Debian:11": ("deb", "debian", "11"),
    "Debian:13": ("deb", "debian", "13"),
    "Ubuntu:20.04:LTS": ("deb", "ubuntu", "20.04"),
    "Ubuntu:22.04:LTS": ("deb", "ubuntu", "22.04"),
}
SEED = 20261122


@click.command()
@click.option("--advisories", required=True, type=click.Path(exists=True, path_type=Path))
@click.option("--trivy", default="", help="Trivy, where it is not on PATH.")
def main(advisories: Path, trivy: str) -> None:
    """Compare, and print the shares and every difference."""
    lines = ["| Release | Packages | Ours | Trivy | Agreement |", "|---|---:|---:|---:|---:|"]
    told: list[str] = []
    with TemporaryDirectory() as name:
        folder = Path(name)
        program = peer(folder, "trivy", trivy)
        database(str(advisories), folder)
        for release, system in RELEASES.items():
            chosen = list(packages(advisories, release))
            bill = folder / f"{release.replace(':', '-')}.cdx.json"
            bill.write_text(json.dumps(bill_of(chosen, *system)))
            target = f"sbom:{bill}"
            found = compared(ours(target, advisories), trivys(program, target, folder))
            counts = len(found.both | found.ours), len(found.both | found.trivys)
            cells = (release, len(chosen), *counts, f"{found.agreement:.4f}")
            lines.append(f"| {' | '.join(map(str, cells))} |")
            told += differences(release, found)
    print("\n".join([*lines, "", *told]))


def packages(advisories: Path, release: str) -> Iterator[tuple[str, str]]:
    """Every source package of a release that advisories name, at one of their versions."""
    bounds: dict[str, dict[str, None]] = {}
    with Advisories.open(str(advisories)) as known:
        for record in known.records():
            for affected in record.affected:
                for each in affected.ranges if affected.ecosystem == release else ():
                    found = [version for _, version in each.events if version != "0"]
                    bounds.setdefault(affected.name, {}).update(dict.fromkeys(found))
    chooser = random.Random(SEED)  # noqa: S311 - a draw
    for name, versions in sorted(bounds.items()):
        if versions:
            yield name, chooser.choice(list(versions))


def bill_of(
    chosen: Sequence[tuple[str, str]], type: str, system: str, version: str
) -> dict[str, object]:
    """A bill of materials as CycloneDX 1.5, with what Trivy wants to know of sources."""
    components: list[dict[str, object]] = [
        {"type": "operating-system", "bom-ref": "os", "name": system, "version": version}
    ]
    for number, (name, installed) in enumerate(chosen):
        package = Package(type=type, namespace=system, name=name, version=installed, path="bill")
        told = {"PkgType": system, "SrcName": name, **parts_of(installed, type)}
        components.append(
            {
                "type": "library",
                "bom-ref": str(number),
                "name": name,
                "version": installed,
                "purl": f"{package.purl}?distro={system}-{version}",
                "properties": [
                    {"name": f"aquasecurity:trivy:{key}", "value": value}
                    for key, value in told.items()
                    if value
                ],
            }
        )
    return {"bomFormat": "CycloneDX", "specVersion": "1.5", "version": 1, "components": components}


def parts_of(version: str, type: str) -> dict[str, str]:
    """A source's version as Trivy keeps it: dpkg's in three parts."""
    if type != "deb":
        return {"SrcVersion": version}
    epoch, _, rest = version.rpartition(":")
    upstream, dash, release = rest.rpartition("-")
    return {
        "SrcEpoch": epoch,
        "SrcVersion": upstream if dash else release,
        "SrcRelease": release if dash else "",
    }


if __name__ == "__main__":
    sys.exit(main())
