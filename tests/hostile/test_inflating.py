"""What happens when the three that share a compressed layer do not keep pace, or one fails."""

import os
import time
import zlib
from pathlib import Path

import pytest

from hullmark.model import ParseError
from hullmark.oci import inflating
from hullmark.oci.inflating import AHEAD_CHUNKS, Inflating


class Slow:
    """A digest that takes its time and counts what waits for it."""

    def __init__(self) -> None:
        self.hashed = 0

    def update(self, chunk: bytes) -> None:
        time.sleep(0.002)
        self.hashed += 1

    def hexdigest(self) -> str:
        return "0" * 64


def test_a_slow_hash_holds_inflating_back(monkeypatch, tmp_path):
    """Else a quick reader lets everything that is inflated pile up in memory."""
    slow, inflated, ahead = Slow(), 0, 0

    def counted(*_):
        nonlocal inflated, ahead
        for _ in range(300):
            inflated += 1
            ahead = max(ahead, inflated - slow.hashed)
            yield b"x"

    monkeypatch.setattr(inflating, "chunks", counted)
    monkeypatch.setattr(inflating.hashlib, "sha256", lambda: slow)
    pipe = Inflating(-1, 0, 0)
    assert sum(len(chunk) for chunk in pipe) == 300
    pipe.digest()
    assert slow.hashed == 300
    assert ahead <= AHEAD_CHUNKS + 2


@pytest.mark.parametrize(
    "error", [OSError(5, "Input/output error"), ValueError("odd"), MemoryError()]
)
def test_whatever_inflating_meets_is_no_end_of_the_layer(error, monkeypatch):
    def broken(*_):
        yield b"first"
        raise error

    monkeypatch.setattr(inflating, "chunks", broken)
    pipe = Inflating(-1, 0, 0)
    seen = []
    with pytest.raises(ParseError):
        seen.extend(pipe)
    assert seen == [b"first"]
    with pytest.raises(ParseError):
        pipe.digest()


def test_zeros_that_inflate_a_thousandfold_do_not_pile_up(tmp_path):
    path = tmp_path / "zeros.gz"
    packer = zlib.compressobj(9, zlib.DEFLATED, 31)
    block = bytes(1024 * 1024)
    with path.open("wb") as file:
        for _ in range(256):
            file.write(packer.compress(block))
        file.write(packer.flush())
    with path.open("rb") as file:
        Path("/proc/self/clear_refs").write_text("5")
        before = peak_kib()
        pipe = Inflating(file.fileno(), 0, os.fstat(file.fileno()).st_size)
        assert sum(len(chunk) for chunk in pipe) == 256 * 1024 * 1024
        pipe.digest()
        assert peak_kib() - before < 64 * 1024


def peak_kib() -> int:
    with open("/proc/self/status", encoding="ascii") as file:
        return next(int(line.split()[1]) for line in file if line.startswith("VmHWM"))
