"""What a scan holds in memory, all its processes together, however much the target has."""

import hashlib
import io
import json
import os
import subprocess
import sys
import tarfile
import time
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from typing import Any

import pytest
from isal import isal_zlib

from tests.images.build import write_layout

MAX_BYTES = 700 * 1024**2
SAMPLE_S = 0.1


def members(count: int, start: str = "usr/share/some/folder/with/a/name/file-") -> Iterator[bytes]:
    """Headers of empty files, each as long as real ones; one is made, the others are patched."""
    head = tarfile.TarInfo(f"{start}00000000").tobuf(tarfile.USTAR_FORMAT)
    at, end = len(start), len(start) + 8
    total = sum(head) - sum(head[148:156]) + 8 * 32 - sum(head[at:end])
    before, between, after = head[:at], head[end:148], head[156:]
    block: list[bytes] = []
    for number in range(count):
        digits = b"%08d" % number
        block += before, digits, between, b"%06o\0 " % (total + sum(digits)), after
        if not number % 4096:
            yield b"".join(block)
            block.clear()
    yield b"".join(block) + bytes(1024)


def packages(count: int) -> Iterator[bytes]:
    """As many small package.json."""
    for number in range(count):
        content = b'{"name":"n%d","version":"1.0.%d"}' % (number, number)
        info = tarfile.TarInfo(f"srv/node_modules/n{number}/package.json")
        info.size = len(content)
        yield info.tobuf(tarfile.USTAR_FORMAT) + content.ljust(512, b"\0")


def packed(stream: Iterator[bytes]) -> tuple[bytes, str]:
    """A stream compressed, and its digest before."""
    plain, out = hashlib.sha256(), io.BytesIO()
    packer = isal_zlib.compressobj(1, isal_zlib.DEFLATED, 31)
    for piece in stream:
        plain.update(piece)
        out.write(packer.compress(piece))
    out.write(packer.flush())
    return out.getvalue(), f"sha256:{plain.hexdigest()}"


def image(folder: Path, *streams: Iterator[bytes]) -> Path:
    layers, diff_ids = zip(*map(packed, streams), strict=True)
    blobs = {}

    def add(data: bytes) -> dict[str, object]:
        digest = f"sha256:{hashlib.sha256(data).hexdigest()}"
        blobs[digest] = data
        return {"digest": digest, "size": len(data)}

    config = {"os": "linux", "architecture": "amd64", "rootfs": {"diff_ids": diff_ids}}
    manifest = {"config": add(json.dumps(config).encode()), "layers": [*map(add, layers)]}
    return write_layout(folder / "image", blobs, add(json.dumps(manifest).encode()))


def family(pid: int) -> Iterator[int]:
    yield pid
    with suppress(FileNotFoundError, ProcessLookupError):
        for task in os.listdir(f"/proc/{pid}/task"):
            for child in Path(f"/proc/{pid}/task/{task}/children").read_text().split():
                yield from family(int(child))


def held_bytes(pid: int) -> int:
    """Memory of one process, what it shares with others counted in parts."""
    with suppress(FileNotFoundError, ProcessLookupError, PermissionError):
        for line in Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines():
            if line.startswith("Pss:"):
                return 1024 * int(line.split()[1])
    return 0


def peak_bytes(target: str, home: Path) -> tuple[int, dict[str, Any]]:
    """The most that a scan held at once, and its report."""
    if not Path("/proc/self/smaps_rollup").exists():
        pytest.skip("needs /proc/PID/smaps_rollup")
    command = [
        sys.executable,
        "-m",
        "hullmark",
        "scan",
        "--scanners",
        "packages",
        target,
        "--no-cache",
        "-q",
        "-f",
        "json",
    ]
    report, peak = home / "report.json", 0
    environment = {**os.environ, "HULLMARK_HOME": str(home)}
    with subprocess.Popen([*command, "-o", str(report)], env=environment) as process:
        while process.poll() is None:
            peak = max(peak, sum(held_bytes(pid) for pid in family(process.pid)))
            time.sleep(SAMPLE_S)
    assert process.returncode == 0
    return peak, json.loads(report.read_bytes())


def test_a_million_entries_fit(tmp_path):
    target = image(tmp_path, members(1_000_000))
    peak, report = peak_bytes(f"oci:{target}", tmp_path)
    assert report["gaps"] == []
    assert report["artifact"]["layers"][0]["state"] == "self-consistent only"
    assert peak < MAX_BYTES


def test_tens_of_thousands_of_packages_fit(tmp_path):
    target = image(tmp_path, packages(40_000))
    peak, report = peak_bytes(f"oci:{target}", tmp_path)
    assert len(report["packages"]) == 40_000
    assert peak < MAX_BYTES


def deep(count: int) -> Iterator[bytes]:
    """Links below thousands of folders inside each other, and no two paths share one."""
    for number in range(count):
        info = tarfile.TarInfo(f"{number}/{'ab/' * 1300}package.json")
        info.type, info.linkname = tarfile.SYMTYPE, "x"
        yield info.tobuf(tarfile.PAX_FORMAT)


def test_deep_paths_are_not_remembered_folder_by_folder(tmp_path):
    """Each folder's name repeats those above it: a gigabyte for three hundred paths."""
    target = image(tmp_path, deep(300), deep(300), members(10, "1/ab"))
    peak, _ = peak_bytes(f"oci:{target}", tmp_path)
    assert peak < MAX_BYTES


def test_a_layer_of_one_huge_file_fits(tmp_path):
    """Half a gigabyte that no parser wants, then one file that one does."""

    def stream() -> Iterator[bytes]:
        info = tarfile.TarInfo("var/lib/data")
        info.size = 512 * 1024**2
        yield info.tobuf(tarfile.USTAR_FORMAT)
        block = os.urandom(1024) * 1024
        for _ in range(512):
            yield block
        yield from packages(1)

    peak, report = peak_bytes(f"oci:{image(tmp_path, stream())}", tmp_path)
    assert [each["name"] for each in report["packages"]] == ["n0"]
    assert peak < MAX_BYTES
