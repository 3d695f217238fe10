"""Time of one key of each order of versions.

    ./dev bench keys --advisories FILE [--scheme ID]... [--write FILE]

Versions are drawn from the advisories of each order's ecosystems, those that have a word in them as
often as those of numbers alone, and its own examples. Counted is processor time: for each version
the best of several runs, so that what else the machine does counts least. On a machine whose
processors are all busy the times are up to twice as long all the same.
"""

import gc
import random
import sys
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from time import process_time_ns

import click

import hullmark.versions
from hullmark.advisories.places import SCHEMES
from hullmark.model import ParseError
from hullmark.store.advisory_file import Advisories
from hullmark.unit import Scheme, discover

SEED = 20261122
DRAWN = 1000
RUNS = 7
LOOPS = 20
"""Keys made between two looks at the clock."""

AIM_US = 5.0
SYSTEMS = {
    "apk": ("Alpine", "Wolfi", "Chainguard"),
    "dpkg": ("Debian", "Ubuntu"),
    "generic": ("CPE", "Kubernetes"),
    "gradle": ("Maven",),
    "opkg": ("Debian", "Ubuntu"),
    "rpm": ("AlmaLinux", "Rocky Linux", "Red Hat", "SUSE", "openSUSE", "Oracle Linux"),
}
"""Orders that no type of package has alone, and whose versions they are tried on."""

ECOSYSTEMS: Mapping[str, tuple[str, ...]] = SYSTEMS | {
    scheme: (ecosystem,) for ecosystem, scheme in SCHEMES.values()
}


@click.command()
@click.option("--advisories", required=True, type=click.Path(exists=True, path_type=Path))
@click.option("--scheme", "chosen", multiple=True, help="Measure this order alone.")
@click.option("--write", type=click.Path(path_type=Path), help="Write the table there too.")
def main(advisories: Path, chosen: Sequence[str], write: Path | None) -> None:
    """Measure, and print a table; fail where half of an order's keys take longer than the aim."""
    with Advisories.open(str(advisories)) as known:
        named = versions_of(known)
    lines = ["| Order | Versions | Median (us) | 95 of 100 within (us) |", "|---|---:|---:|---:|"]
    slow = []
    for id, scheme in discover(hullmark.versions, Scheme).items():
        if chosen and id not in chosen:
            continue
        taken = sorted(taken_us(scheme, mix(scheme, named)))
        middle, late = taken[len(taken) // 2], taken[len(taken) * 95 // 100]
        lines.append(f"| {id} | {len(taken)} | {middle:.1f} | {late:.1f} |")
        slow += [id] if middle > AIM_US else []
    text = "\n".join(lines) + "\n"
    sys.stdout.write(text)
    if write:
        write.write_text(text)
    if slow:
        raise SystemExit(f"above {AIM_US} us: {', '.join(slow)}")


def versions_of(known: Advisories) -> Mapping[str, Iterable[str]]:
    """Every version that records name, by ecosystem without its release."""
    found: dict[str, dict[str, None]] = {}
    for record in known.records():
        for affected in record.affected:
            named = found.setdefault(affected.ecosystem.partition(":")[0], {})
            named.update(dict.fromkeys(affected.versions))
            for each in affected.ranges:
                if each.kind != "GIT":
                    named.update((version, None) for _, version in each.events)
    return found


def mix(scheme: Scheme, named: Mapping[str, Iterable[str]]) -> Sequence[str]:
    """Versions that the order takes: half of those drawn hold a word, as far as there are any."""
    drawn = {each: None for id in ECOSYSTEMS.get(scheme.id, ()) for each in named.get(id, ())}
    taken = [each for each in drawn if takes(scheme, each)]
    words = [each for each in taken if any(sign.isalpha() for sign in each.lstrip("v"))]
    plain = sorted({*taken} - {*words})
    chooser = random.Random(SEED)  # noqa: S311 - a draw
    chosen = [chooser.sample(each, min(len(each), DRAWN // 2)) for each in (sorted(words), plain)]
    return [*chosen[0], *chosen[1], *scheme.ordered]


def takes(scheme: Scheme, version: str) -> bool:
    """Whether this is a version of the order."""
    try:
        scheme.key(version)
    except ParseError:
        return False
    return True


def taken_us(scheme: Scheme, versions: Sequence[str]) -> Sequence[float]:
    """Processor time of each version's key, the best of several runs over all of them."""
    key, rounds = scheme.key, range(LOOPS)
    best = [sys.maxsize] * len(versions)
    gc.disable()
    for _ in range(RUNS):
        for place, version in enumerate(versions):
            began = process_time_ns()
            for _ in rounds:
                key(version)
            best[place] = min(best[place], process_time_ns() - began)
    gc.enable()
    return [each / LOOPS / 1000 for each in best]


if __name__ == "__main__":
    sys.exit(main())
