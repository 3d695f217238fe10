"""container-manifest-1 and -2: the packages of an rpm system that has no rpm (Azure Linux).

Format: what rpm -qa printed when the image was built. The first has a package's name, version,
release and architecture a line, joined as rpm joins them; the second ten columns: name, version
and release, times of installing and building, vendor, nothing, size, architecture, epoch, source.
"""

from collections.abc import Iterator

from hullmark.model import File, Package, ParseError
from hullmark.model.rpm_installed import source_of
from hullmark.unit import parser

MAX_PACKAGES = 100_000
"""Ten times a whole distribution."""

_COLUMNS = 10
_NONE = "(none)"


@parser(
    id="rpm-manifest",
    names=("var/lib/rpmmanifest/container-manifest-2",),
    example=File(
        path="var/lib/rpmmanifest/container-manifest-2",
        content=b"zed\t1.2-3.cm2\t1653816591\t1653753130\tUs\t(none)\t4242\tx86_64\t1\tzed-1.2-3.cm2.src.rpm\n",
    ),
    expect=("pkg:rpm/zed@1.2-3.cm2?arch=x86_64&epoch=1",),
)
def rpm_manifest(file: File) -> Iterator[Package]:
    """Yield each package, with the source package it was built from.

    ``container-manifest-1``, beside it, tells of the same packages, but less.
    """
    broken = 0
    for number, line in enumerate(file.text().splitlines()):
        if number >= MAX_PACKAGES:
            raise ParseError(file.path, f"more than {MAX_PACKAGES} packages")
        columns = line.split("\t")
        if len(columns) != _COLUMNS or not columns[0] or not columns[1]:
            broken += bool(line.strip())
            continue
        name, version, *_, arch, epoch, source = columns
        if name == "gpg-pubkey":
            continue
        qualifiers = {"arch": arch, "epoch": epoch}
        built_from, source_version = source_of(source, name)
        yield Package(
            type="rpm",
            name=name,
            version=version,
            qualifiers={
                key: value for key, value in qualifiers.items() if value not in {"0", _NONE}
            },
            path=file.path,
            layer=file.layer,
            source=built_from,
            source_version=source_version,
        )
    if broken:
        raise ParseError(file.path, f"{broken} lines without the {_COLUMNS} columns of a package")
