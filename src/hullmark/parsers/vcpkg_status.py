"""vcpkg/status: the ports of a tree that vcpkg installed.

Format: paragraphs as in dpkg's database, written by vcpkg for each port and each feature of one.
"""

from collections.abc import Iterator

from hullmark.model import File, Package, ParseError
from hullmark.model.by_name import related
from hullmark.unit import parser


@parser(
    id="vcpkg-status",
    names=("**/vcpkg/status",),
    example=File(
        path="srv/vcpkg_installed/vcpkg/status",
        content=b"""\
Package: leaf
Version: 1.4.0
Port-Version: 2
Architecture: x64-linux
Multi-Arch: same
Description: A leaf
    of a tree
Status: install ok installed

Package: oak
Version: 2.1.0
Depends: leaf, saw:x64-windows
Architecture: x64-linux
Multi-Arch: same
Status: install ok installed

Package: oak
Feature: bark
Depends: leaf
Architecture: x64-linux
Multi-Arch: same
Status: install ok installed

Package: elm
Version: 0.3.0
Architecture: x64-linux
Multi-Arch: same
Status: purge ok not-installed
""",
    ),
    expect=("pkg:vcpkg/leaf@1.4.0?port_version=2", "pkg:vcpkg/oak@2.1.0"),
)
def vcpkg_status(file: File) -> Iterator[Package]:
    """Yield every port that is installed, with what it and its features require."""
    found: dict[str, Package] = {}
    needs: dict[str, list[str]] = {}
    broken = 0
    for paragraph in file.text().replace("\r\n", "\n").split("\n\n"):
        fields = dict(_fields(paragraph))
        name, version = fields.get("Package", ""), fields.get("Version", "")
        triplet = fields.get("Architecture", "")
        if not fields or not fields.get("Status", "").endswith(" installed"):
            broken += bool(paragraph.strip()) and "Status" not in fields
            continue
        if not name or not (version or "Feature" in fields):
            broken += 1
            continue
        key = f"{name}:{triplet}"
        for need in filter(None, fields.get("Depends", "").split(", ")):
            needs.setdefault(key, []).append(need if ":" in need else f"{need}:{triplet}")
        if version:
            port = fields.get("Port-Version", "")
            found[key] = Package(
                type="vcpkg",
                name=name,
                version=version,
                qualifiers={"port_version": port} if port else {},
                path=file.path,
            )
    yield from related(found, needs)
    if broken:
        raise ParseError(file.path, f"{broken} paragraphs without a port's name, version and state")


def _fields(paragraph: str) -> Iterator[tuple[str, str]]:
    for line in paragraph.split("\n"):
        name, colon, value = line.partition(":")
        if colon and not line.startswith((" ", "\t")):
            yield name, value.strip()
