"""The readers below the parsers: tar, compression, JSON, TOML and YAML documents.

Runs as long as tests/fuzz/test_parsers.py says.
"""

import gzip
import io
import os
import tarfile

import pytest
import zstandard
from hypothesis import strategies as st

from hullmark.model import ParseError, documents, yaml
from hullmark.oci.inflate import chunks
from hullmark.oci.stream import ChunkStream, FileStream
from hullmark.oci.tar import entries
from tests.fuzz.variants import broken, feed, rounds

YAML = b"""a: &x [1, two, {three: 3}]
b: *x
<<: {c: !!str 1}
d: |
  text
---
- {e: "f"}
"""
TOML = b'title = "x"\n[a.b]\nc = [1, 2.5, 2026-01-01]\n[[d]]\ne = {f = true}\n'
JSON = b'{"a": [1, 2.5, null, true, "x\\u00e9"], "b": {"c": {"d": []}}}'


def tarred(form: int) -> bytes:
    """A small tar with a long name, links and a folder."""
    out = io.BytesIO()
    with tarfile.open(fileobj=out, mode="w", format=form) as made:
        for name, kind in (("d/", tarfile.DIRTYPE), ("d/" + "n" * 180, tarfile.REGTYPE)):
            info = tarfile.TarInfo(name)
            info.type, info.size = kind, 5 if kind == tarfile.REGTYPE else 0
            made.addfile(info, io.BytesIO(b"12345"))
        for name, kind in (("s", tarfile.SYMTYPE), ("h", tarfile.LNKTYPE)):
            info = tarfile.TarInfo(name)
            info.type, info.linkname = kind, "d/" + "n" * 180
            made.addfile(info)
    return out.getvalue()


def memory(data: bytes) -> int:
    """A descriptor of these bytes."""
    fd = os.memfd_create("fuzz")
    os.write(fd, data)
    return fd


def read_tar(data: bytes) -> None:
    """Both streams must tell of the same entries, or both refuse."""
    fd = memory(data)
    told = []
    for stream in (FileStream(fd, 0, len(data)), ChunkStream(iter([data]), fd)):
        seen = []
        try:
            for entry in entries(stream):
                seen.append((entry.path, entry.kind, entry.size, entry.link))
                assert ".." not in entry.path.split("/")
                assert not entry.path.startswith("/")
        except ParseError as error:
            seen.append(("refused", error.why, 0, ""))
        told.append(seen)
    os.close(fd)
    assert told[0] == told[1]


def inflate(data: bytes) -> None:
    """Chunks, or a refusal."""
    fd = memory(data)
    try:
        for _ in chunks(fd, 0, len(data)):
            pass
    except ParseError:
        pass
    finally:
        os.close(fd)


def decode(reader):
    """A document, or a refusal."""

    def run(data: bytes) -> None:
        try:
            reader(data)
        except documents.DocumentError:
            return

    return run


TARGETS = {
    "tar ustar": (tarred(tarfile.GNU_FORMAT), read_tar),
    "tar pax": (tarred(tarfile.PAX_FORMAT), read_tar),
    "gzip": (gzip.compress(b"text " * 200) * 2, inflate),
    "zstd": (zstandard.compress(b"text " * 200) * 2, inflate),
    "yaml": (YAML, decode(lambda data: list(yaml.decode_all(data)))),
    "toml": (TOML, decode(lambda data: documents.toml(data, dict))),
    "json": (JSON, decode(lambda data: documents.json(data, dict))),
}


@pytest.mark.parametrize("target", TARGETS)
def test_variants_are_read_or_refused(target):
    good, reader = TARGETS[target]
    for number in rounds():
        feed(st.one_of(broken(good), st.binary(max_size=600)), reader, number)
