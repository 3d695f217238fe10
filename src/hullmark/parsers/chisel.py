"""manifest.wall: the slices of Ubuntu packages that chisel cut.

Format: https://documentation.ubuntu.com/chisel/en/latest/reference/manifest/, objects of JSON,
one a line, in zstd.
"""

from collections.abc import Iterator

import msgspec
import zstandard

from hullmark.model import File, Owned, Package, ParseError
from hullmark.model.packed import unpacked
from hullmark.unit import parser

MAX_BYTES = 64 * 1024 * 1024
"""A line of 300 bytes for each of 200,000 files."""


MAX_LINES = 500_000
"""Three for each of 150,000 files: that it is there, and in which slices."""


class Line(msgspec.Struct):
    """An object of any kind: the head with the count of lines, a package, what a slice holds."""

    kind: str = ""
    count: int = 0
    name: str = ""
    version: str = ""
    arch: str = ""
    slice: str = ""
    path: str = ""


_decode = msgspec.json.Decoder(Line).decode
_LINES = (
    b'{"jsonwall":"1.0","schema":"1.0","count":5}\n'
    b'{"kind":"content","slice":"zed_bins","path":"/usr/bin/zed"}\n'
    b'{"kind":"package","name":"zed","version":"1.2-3ubuntu1","sha256":"00","arch":"amd64"}\n'
    b'{"kind":"path","path":"/usr/bin/zed","mode":"0755","slices":["zed_bins"],"size":4}\n'
    b'{"kind":"slice","name":"zed_bins"}\n'
)


@parser(
    id="chisel",
    names=("manifest.wall",),
    example=File(
        path="var/lib/chisel/manifest.wall",
        content=zstandard.ZstdCompressor().compress(_LINES),
    ),
    expect=("pkg:deb/zed@1.2-3ubuntu1?arch=amd64", "owned deb/zed"),
)
def chisel(file: File) -> Iterator[Package | Owned]:
    """Yield each package of which a slice is there, and the paths of its slices."""
    paths: dict[str, list[str]] = {}
    text = unpacked(file, MAX_BYTES).data
    if text.count(b"\n") > MAX_LINES:
        raise ParseError(file.path, f"more than {MAX_LINES} lines")
    lines = [line for line in text.split(b"\n") if line]
    broken = count = 0
    for number, encoded in enumerate(lines):
        try:
            line = _decode(encoded)
        except (msgspec.DecodeError, UnicodeDecodeError, RecursionError):
            broken += 1
            continue
        if not number:
            count = line.count
        if line.kind == "content":
            paths.setdefault(line.slice.partition("_")[0], []).append(line.path)
        elif line.kind == "package" and line.name and line.version:
            yield Package(
                type="deb",
                name=line.name,
                version=line.version,
                qualifiers={"arch": line.arch} if line.arch else {},
                path=file.path,
                layer=file.layer,
            )
    for package, owned in paths.items():
        yield Owned(type="deb", package=package, paths="\n".join(owned).encode())
    if broken or not lines:
        raise ParseError(file.path, f"{broken} of {len(lines)} lines are no objects of a manifest")
    if len(lines) < count:
        raise ParseError(file.path, f"only {len(lines)} of {count} lines are there")
