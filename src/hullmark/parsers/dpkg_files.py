"""dpkg's lists of the files that each package brought.

Format: dpkg-query(1), "--listfiles", one path a line; md5sums of deb-md5sums(5) in distroless.
"""

from collections.abc import Iterator

from hullmark.model import File, Owned, ParseError
from hullmark.unit import parser

_CHECKSUM_CHARS = 34
"""An MD5 sum in hexadecimal and two spaces."""


@parser(
    id="dpkg-files",
    names=("var/lib/dpkg/info/*.list", "var/lib/dpkg/status.d/*.md5sums"),
    example=File(path="var/lib/dpkg/info/libz1:amd64.list", content=b"/.\n/usr\n/usr/lib/libz\n"),
    expect=("owned deb/libz1",),
)
def dpkg_files(file: File) -> Iterator[Owned]:
    """Yield the paths of one package; its folders are among them, except in distroless."""
    stem, _, ending = file.name.rpartition(".")
    paths = file.data
    if ending == "md5sums":
        lines = [line for line in paths.split(b"\n") if line]
        if any(line[_CHECKSUM_CHARS - 2 : _CHECKSUM_CHARS] != b"  " for line in lines):
            raise ParseError(file.path, "a line is no checksum and path")
        paths = b"\n".join([line[_CHECKSUM_CHARS:] for line in lines])
    elif paths and b"\0" in paths:
        raise ParseError(file.path, "a path holds a zero byte")
    if paths:
        yield Owned(type="deb", package=stem.partition(":")[0], paths=paths)
