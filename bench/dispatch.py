"""What many parsers cost the walk: the paths of a real image, asked of few claims and of all.

Dispatch is three look-ups a path, so the number of parsers should not matter.
"""

import sys
from statistics import median
from time import process_time

import click

import hullmark.parsers
from bench.image import bench_directory, make_image
from hullmark.oci.image import open_saved
from hullmark.oci.stream import FileStream
from hullmark.oci.tar import FILE, entries
from hullmark.scan.dispatch import Dispatch, may_be_binary
from hullmark.scan.worker import claim
from hullmark.sources.archive import Archive
from hullmark.unit import Parser, discover

FEW = 10


def paths(archive: str) -> list[tuple[str, int]]:
    """Every file of the image, with its mode."""
    with open(archive, "rb") as file:
        size = file.seek(0, 2)
        image = open_saved(
            Archive(archive, file.fileno(), size), archive, reference="", platform=""
        )
        return [
            (entry.path, entry.mode)
            for blob in image.blobs
            for entry in entries(FileStream(blob.fd, blob.offset, blob.size))
            if entry.kind == FILE
        ]


def cost_s(dispatch: Dispatch, files: list[tuple[str, int]]) -> float:
    """Processor seconds that it takes to ask for each file once."""
    began = process_time()
    for path, mode in files:
        dispatch.units(path)
        may_be_binary(path, mode)
    return process_time() - began


@click.command()
@click.option("--runs", default=9, show_default=True)
def main(runs: int) -> None:
    """Print the cost of a file with few parsers and with all."""
    files = paths(str(make_image(bench_directory()).archive))
    claims = [claim(parser) for parser in discover(hullmark.parsers, Parser).values()]
    step = len(claims) // FEW
    made = {FEW: Dispatch(claims[::step][:FEW]), len(claims): Dispatch(claims)}
    costs: dict[int, list[float]] = {count: [] for count in made}
    for _ in range(runs):
        for count, dispatch in made.items():
            costs[count].append(cost_s(dispatch, files))
    for count, found in costs.items():
        each_us = median(found) / len(files) * 1e6
        print(f"{count:4} parsers  {each_us:.2f} us a file, {median(found):.3f} s for {len(files)}")
    print(f"ratio  {median(costs[len(claims)]) / median(costs[FEW]):.2f}")


if __name__ == "__main__":
    sys.exit(main())
