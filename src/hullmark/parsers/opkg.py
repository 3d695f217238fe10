"""opkg's database: the packages of OpenWrt before 25, and of Yocto images.

Format: stanzas like dpkg's (deb-control(5)), a list of paths for each package, and its control
file, which alone names the licence. opkg orders versions as dpkg does: its packages are debs.
"""

from collections.abc import Iterator

from hullmark.licences import spdx
from hullmark.model import File, Licensed, Owned, Package, ParseError
from hullmark.model.relations import related
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
        content=b"Package: zed\nVersion: 1.2-1\nDepends: libz1\nStatus: install user installed\n"
        b"Architecture: x86_64\nInstalled-Time: 1653816591\n\n"
        b"Package: libz1\nVersion: 1.3-1\nStatus: install ok installed\n"
        b"Architecture: x86_64\nInstalled-Time: 1653816591\nAuto-Installed: yes\n",
    ),
    expect=("pkg:deb/zed@1.2-1?arch=x86_64", "pkg:deb/libz1@1.3-1?arch=x86_64"),
)
def opkg(file: File) -> Iterator[Package | Owned | Licensed]:
    """Yield each package whose files are in place with those it requires, its paths and licence.

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
    found: list[Package] = []
    wanted: list[list[str]] = []
    providers: dict[str, int] = {}
    broken, why = 0, ""
    for stanza in file.text().split("\n\n"):
        fields = _fields(stanza)
        if fields.get("Status", "").rpartition(" ")[2] in _ABSENT or not stanza.strip():
            continue
        name, version = fields.get("Package", ""), fields.get("Version", "")
        if not name or not version or " " in name:
            broken += 1
            why = f"{broken} stanzas without a package's name and version"
            continue
        if len(found) == MAX_PACKAGES:
            why = f"more than {MAX_PACKAGES} packages"
            break
        for each in (name, *_names(fields.get("Provides", ""))):
            providers.setdefault(each, len(found))
        wanted.append(_names(fields.get("Depends", "")))
        found.append(_package(file, fields))
    needs = [[providers[each] for each in names if each in providers] for names in wanted]
    direct = {index for index, package in enumerate(found) if package.direct}
    yield from related(found, needs, direct=direct)
    if why:
        raise ParseError(file.path, why)


def _package(file: File, fields: dict[str, str]) -> Package:
    arch = fields.get("Architecture", "")
    return Package(
        type="deb",
        name=fields["Package"],
        version=fields["Version"],
        qualifiers={"arch": arch} if arch else {},
        path=file.path,
        layer=file.layer,
        source=fields["Package"],
        source_version=fields["Version"],
        direct=fields.get("Auto-Installed") != "yes",
    )


def _names(relations: str) -> list[str]:
    """The names of a list like ``libc, libz (>= 1.2), a | b``, without conditions on versions."""
    each = relations.replace("|", ",").split(",")
    return [name.partition("(")[0].strip() for name in each if name.strip()]


def _fields(stanza: str) -> dict[str, str]:
    """The first lines of all fields."""
    pairs = [line.partition(":") for line in stanza.split("\n") if line[:1].strip()]
    return {name: value.strip() for name, colon, value in pairs if colon}
