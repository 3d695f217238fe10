"""What a pull adds to a scan: an image in a registry beside the same image as a layout on disk.

Debian's docker-registry serves the image on this machine, so that no network is measured. Its own
processor time comes out of the same cores, and is shown.
"""

import json
import socket
import statistics
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from functools import partial
from pathlib import Path

import click

from bench.compared import found
from bench.image import OCI, bench_directory, located, make_image, run
from bench.pages import at_most, image_facts, machine, promised, undisturbed, versions
from bench.peers import HULLMARK, OURS, our_command, version_of
from bench.runs import Run, adopt, empty, steady, watched
from bench.server import serving

HOST = "127.0.0.1"
NAME = "bench/image:1"
SERVER = "docker-registry"

TIMES_AT_MOST = 1.2

COLUMNS = (
    *("Layout (s)", "Registry (s)", "Ratio"),
    *("CPU, layout (s)", "CPU, registry (s)", "CPU, server (s)"),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """Where the image is: what a scan calls it, the files that it is read from, and its server."""

    target: str
    files: Path
    server: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Pair:
    """A scan of the layout and the scan of the registry after it."""

    layout: Run
    registry: Run

    @property
    def times(self) -> float:
        """How many times as long the registry's scan took."""
        return self.registry.wall_s / self.layout.wall_s


@click.command()
@click.option("--runs", default=8, show_default=True, help="Scans of each, in turn.")
@click.option("--write", type=click.Path(path_type=Path), help="Write the table to this file too.")
def main(runs: int, write: Path | None) -> None:
    """Run the registry benchmark and print its table."""
    located(SERVER)
    located("skopeo")
    image = make_image(bench_directory())
    adopt()
    with tempfile.TemporaryDirectory(prefix="hullmark-bench-") as scratch:
        on_disk = Place(target=f"{OCI}:{image.layout}", files=image.layout)
        with registry(Path(scratch), image.layout) as served:
            pairs = [pair(on_disk, served, Path(scratch)) for _ in range(runs)]
    text = "\n".join([*image_facts(image), *page(pairs), ""])
    print(text)
    if write:
        write.write_text(text)


# The registry


@contextmanager
def registry(scratch: Path, layout: Path) -> Iterator[Place]:
    """Serve a layout's image from a registry of its own."""
    storage, config, port = scratch / "storage", scratch / "config.yml", free_port()
    config.write_text(json.dumps(configuration(storage, port)))
    command = (located(SERVER), "serve", str(config))
    with serving(command, partial(answers, port), scratch / "log") as server:
        reference = f"{HOST}:{port}/{NAME}"
        run("skopeo", "copy", "--dest-tls-verify=false", f"oci:{layout}", f"docker://{reference}")
        yield Place(target=f"registry:{reference}", files=storage, server=server)


def configuration(storage: Path, port: int) -> dict[str, object]:
    """Return the registry's settings; its YAML may be JSON."""
    return {
        "version": 0.1,
        "storage": {"filesystem": {"rootdirectory": str(storage)}},
        "http": {"addr": f"{HOST}:{port}"},
    }


def free_port() -> int:
    """Return a port that nobody listens on now."""
    with socket.create_server((HOST, 0)) as server:
        return int(server.getsockname()[1])


def answers(port: int) -> bool:
    """Say whether somebody listens on a port."""
    with suppress(OSError), socket.create_connection((HOST, port), timeout=1):
        return True
    return False


# Measuring


def pair(on_disk: Place, served: Place, scratch: Path) -> Pair:
    """Scan the image in both places, which have to hold the same packages."""
    layout, registry = (scan(place, scratch) for place in (on_disk, served))
    if found(report(scratch, on_disk), OURS) != found(report(scratch, served), OURS):
        raise click.ClickException("the registry's image has other packages than the layout's")
    return Pair(layout=layout, registry=registry)


def scan(place: Place, scratch: Path) -> Run:
    """Scan the image in one place, with an empty home."""
    home = scratch / "home"
    command = our_command(place.target, report(scratch, place), "--no-cache")

    def once() -> Run:
        empty(home)
        return watched(command, home, server=place.server)

    return steady(place.target.partition(":")[0], place.files, once)


def report(scratch: Path, place: Place) -> Path:
    """Return where a place's report is written."""
    return scratch / f"{place.target.partition(':')[0]}.json"


# The page


def page(pairs: Sequence[Pair]) -> Iterator[str]:
    """Yield what was measured, with what, and whether it keeps the promise."""
    server = {SERVER: version_of(SERVER)}
    yield machine()
    yield versions({OURS: version_of(*HULLMARK)} | server, "isal")
    yield undisturbed(run for each in pairs for run in (each.layout, each.registry))
    yield "- The registry runs on the same machine: its own processor time, in the last column, is"
    yield "  taken from the cores that the scan works on."
    yield ""
    yield from table(pairs)
    yield ""
    times = statistics.median(each.times for each in pairs)
    promise = f"Pull and scan at most {TIMES_AT_MOST} times the scan of the same image on disk"
    yield promised(at_most(promise, times, TIMES_AT_MOST, unit="times"))


def table(pairs: Sequence[Pair]) -> Iterator[str]:
    """Yield the table of times, a line for each pair and one for the medians."""
    yield f"| Run | {' | '.join(COLUMNS)} |"
    yield f"|---|{'---:|' * len(COLUMNS)}"
    rows = [figures(each) for each in pairs]
    for number, row in enumerate(rows, 1):
        yield line(str(number), row)
    yield line("median", [statistics.median(column) for column in zip(*rows, strict=True)])


def figures(each: Pair) -> list[float]:
    """Return a pair's figures in the table's order."""
    layout, registry = each.layout, each.registry
    times = (layout.wall_s, registry.wall_s, each.times)
    return [*times, layout.cpu_s, registry.cpu_s, registry.server_cpu_s]


def line(name: str, row: Sequence[float]) -> str:
    """Return a line of the table."""
    return f"| {name} | {' | '.join(f'{figure:.2f}' for figure in row)} |"


if __name__ == "__main__":
    main()
