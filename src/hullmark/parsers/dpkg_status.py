"""dpkg's database: the packages of a Debian system, whole or one file each (distroless).

Format: deb-control(5) and dpkg(1), "Package states".
"""

from collections.abc import Iterator
from re import IGNORECASE
from re import compile as regex

from hullmark.model import File, Package, ParseError
from hullmark.unit import parser

MAX_PACKAGES = 200_000
"""Three times all packages of Debian."""

MAX_VENDOR_CHARS = 200
"""Of who built a package."""

_ABSENT = frozenset((b"not-installed", b"config-files", b"half-installed"))
"""States in which a package's files are not, or not all, there."""

_THE_DISTRIBUTION = regex(rb"debian|ubuntu", IGNORECASE).search


@parser(
    id="dpkg-status",
    names=("var/lib/dpkg/status", "var/lib/dpkg/status.d/*"),
    example=File(
        path="var/lib/dpkg/status",
        content=b"Package: libz1\nStatus: install ok installed\nArchitecture: amd64\n"
        b"Source: zed (1:1.2-1)\nVersion: 1:1.2-1+b2\n\n"
        b"Package: gone\nStatus: deinstall ok config-files\nVersion: 1\n",
    ),
    expect=("pkg:deb/libz1@1:1.2-1%2Bb2?arch=amd64",),
    version=2,
)
def dpkg_status(file: File) -> Iterator[Package]:
    """Yield each package whose files are in place, with the source package it was built from.

    Removed packages that left configuration behind are no packages. A stanza without a status
    counts as installed: those of distroless images have none. Who built a package is kept where
    a field tells of somebody other than Debian and Ubuntu.
    """
    if file.name.endswith(".md5sums"):
        return
    arch: dict[bytes, dict[str, str]] = {}
    seen = broken = 0
    for stanza in file.data.split(b"\n\n"):
        text = b"\n" + stanza
        state = _field(text, b"\nStatus:").rpartition(b" ")[2]
        if state in _ABSENT or not stanza.strip():
            continue
        name, version = _field(text, b"\nPackage:"), _field(text, b"\nVersion:")
        if not name.isascii() or not name or not version or b" " in name:
            broken += 1
            continue
        seen += 1
        if seen > MAX_PACKAGES:
            raise ParseError(file.path, f"more than {MAX_PACKAGES} packages")
        architecture = _field(text, b"\nArchitecture:")
        if architecture not in arch:
            arch[architecture] = {"arch": architecture.decode(errors="replace")}
        source, _, source_version = _field(text, b"\nSource:").partition(b" (")
        yield Package(
            type="deb",
            name=name.decode(),
            version=version.decode(errors="replace"),
            qualifiers=arch[architecture],
            path=file.path,
            layer=file.layer,
            source=(source or name).decode(errors="replace"),
            source_version=(source_version.rstrip(b")") or version).decode(errors="replace"),
            vendor=_vendor(text).decode(errors="replace")[:MAX_VENDOR_CHARS],
        )
    if broken:
        raise ParseError(file.path, f"{broken} stanzas without a package's name and version")


def _vendor(stanza: bytes) -> bytes:
    """Who a stanza says built the package; nobody, where that is Debian or Ubuntu.

    A maintainer has an address in angle brackets, who is named in other fields has none.
    """
    told = _field(stanza, b"\nOrigin:") or _field(stanza, b"\nVendor:")
    if told:
        told = told.partition(b"<")[0].strip()
    elif b"<" not in (told := _field(stanza, b"\nMaintainer:")):
        return b""
    return b"" if _THE_DISTRIBUTION(told) else told


def _field(stanza: bytes, start: bytes) -> bytes:
    """The first line of a field; ``start`` is a line feed, its name and a colon."""
    at = stanza.find(start)
    if at < 0:
        return b""
    at += len(start)
    end = stanza.find(b"\n", at)
    return stanza[at : len(stanza) if end < 0 else end].strip()
