"""opkg's database: the packages of OpenWrt before 25, and of Yocto images.

Format: stanzas like dpkg's (deb-control(5)), a list of paths for each package, and its control
file, which alone names the licence. opkg orders versions as dpkg does: its packages are debs.
"""

from collections.abc import Iterator

from hullmark.licences import spdx
from hullmark.model import File, Licensed, Owned, Package, ParseError
from hullmark.unit import parser

MAX_PACKAGES = 100_000
"""Ten times all packages of OpenWrt."""

_ABSENT = frozenset(("not-installed", "config-files", "half-installed"))
"""States in which a package's files are not, or not all, there."""


@parser(
    id="opkg",
    names=(
        "usr/lib/opkg/status",
        "var/lib/opkg/status",
        "usr/lib/opkg/info/*.list",
        "var/lib/opkg/info/*.list",
        "usr/lib/opkg/info/*.control",
        "var/lib/opkg/info/*.control",
    ),
    example=File(
        path="usr/lib/opkg/status",
        content=b"Package: libz1\nVersion: 1.2-1\nDepends: libc\nStatus: install ok installed\n"
        b"Architecture: x86_64\nInstalled-Time: 1653816591\nAuto-Installed: yes\n",
    ),
    expect=("pkg:deb/libz1@1.2-1?arch=x86_64",),
)
def opkg(file: File) -> Iterator[Package | Owned | Licensed]:
    """Yield each package whose files are in place, the paths it owns and its licence.

    A package is direct when somebody asked for it, and not when another package needs it.
    """
    if file.name.endswith(".control"):
        yield from _licensed(file)
    elif file.name.endswith(".list"):
        # Some versions write a tab and the mode behind a path.
        paths = b"\n".join([line.partition(b"\t")[0] for line in file.data.split(b"\n") if line])
        if b"\0" in paths:
            raise ParseError(file.path, "a path holds a zero byte")
        if paths:
            yield Owned(type="deb", package=file.name.removesuffix(".list"), paths=paths)
    else:
        yield from _packages(file)


def _licensed(file: File) -> Iterator[Licensed]:
    fields = _fields(file.text())
    name, licence = fields.get("Package", ""), spdx(fields.get("License", ""))
    if not name:
        raise ParseError(file.path, "no package's name")
    if licence:
        yield Licensed(type="deb", package=name, licences=(licence,))


def _packages(file: File) -> Iterator[Package]:
    seen = broken = 0
    for stanza in file.text().split("\n\n"):
        fields = _fields(stanza)
        if not fields or fields.get("Status", "").rpartition(" ")[2] in _ABSENT:
            broken += bool(stanza.strip()) and not fields
            continue
        name, version = fields.get("Package", ""), fields.get("Version", "")
        if not name or not version or " " in name:
            broken += 1
            continue
        seen += 1
        if seen > MAX_PACKAGES:
            raise ParseError(file.path, f"more than {MAX_PACKAGES} packages")
        arch = fields.get("Architecture", "")
        yield Package(
            type="deb",
            name=name,
            version=version,
            qualifiers={"arch": arch} if arch else {},
            path=file.path,
            layer=file.layer,
            source=name,
            source_version=version,
            direct=fields.get("Auto-Installed") != "yes",
        )
    if broken:
        raise ParseError(file.path, f"{broken} stanzas without a package's name and version")


def _fields(stanza: str) -> dict[str, str]:
    """The first lines of all fields."""
    pairs = [line.partition(":") for line in stanza.split("\n") if line[:1].strip()]
    return {name: value.strip() for name, colon, value in pairs if colon}
