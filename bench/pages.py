"""What the pages of the benchmarks share: the image, the machine, and promises kept or not."""

import importlib.metadata
import os
import platform
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from bench.image import Image
from bench.runs import Run


@dataclass(frozen=True, slots=True, kw_only=True)
class Bound:
    """One promise with what was measured; ``met`` is None where a measurement is missing."""

    promise: str
    measured: str
    met: bool | None


def image_facts(image: Image) -> Iterator[str]:
    """Yield what was scanned."""
    layers = image.layers
    whole_bytes = sum(layer.uncompressed_bytes for layer in layers)
    gzip_bytes = sum(layer.compressed_bytes for layer in layers)
    files = sum(layer.files for layer in layers)
    largest = max(layer.uncompressed_bytes for layer in layers) / whole_bytes
    yield f"- Image: {len(layers)} layers, {files:,} files, {whole_bytes / 1e9:.2f} GB, as gzip"
    yield f"  {gzip_bytes / 1e9:.2f} GB; the largest layer is {largest:.0%} of it."


def machine() -> str:
    """Return what it was scanned on."""
    model = re.search(r"model name\s*:\s*(.+)", Path("/proc/cpuinfo").read_text())
    processor = model[1] if model else platform.machine()
    return f"- Machine: {processor}, {os.cpu_count()} cores, Linux {platform.release()}."


def versions(tools: Mapping[str, str], *distributions: str) -> str:
    """Return what it was scanned with, Python and these distributions of its included."""
    named = {**tools, "Python": platform.python_version()}
    named |= {name: importlib.metadata.version(name) for name in distributions}
    return f"- Versions: {', '.join(f'{name} {version}' for name, version in named.items())}."


def undisturbed(runs: Iterable[Run]) -> str:
    """Return how much of the machine the runs had to share."""
    disturbed = max(run.others for run in runs)
    return f"- Other processes took at most {disturbed:.0%} of the machine in any run."


def promised(bound: Bound) -> str:
    """Return the line of a promise."""
    return f"- {bound.promise}: {bound.measured}, {verdict(bound)}."


def at_most(promise: str, value: float | None, limit: float, *, unit: str = "s") -> Bound:
    """Return the promise that a figure is not over a limit."""
    if value is None:
        return Bound(promise=promise, measured="not measured", met=None)
    measured = f"{value:.3g} {unit} of {limit:.3g} {unit}"
    return Bound(promise=promise, measured=measured, met=value <= limit)


def verdict(bound: Bound) -> str:
    """Say whether a promise was kept."""
    return {True: "met", False: "not met", None: "unknown"}[bound.met]
