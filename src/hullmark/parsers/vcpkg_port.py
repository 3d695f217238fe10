"""vcpkg.spdx.json: what vcpkg tells of a port where it installed it.

Format: https://learn.microsoft.com/vcpkg/reference/software-bill-of-materials
"""

from collections.abc import Iterator

from msgspec import Struct, field

from hullmark.licences import spdx
from hullmark.model import File, Package, ParseError
from hullmark.unit import parser

PORT = "SPDXRef-port"
"""What vcpkg calls the port among the packages: the rest are its binary and its sources."""


class Described(Struct):
    """One package of the document."""

    id: str = field(name="SPDXID")
    name: str
    version: str = field(name="versionInfo", default="")
    concluded: str = field(name="licenseConcluded", default="")


class Document(Struct):
    """A whole file."""

    packages: list[Described]


@parser(
    id="vcpkg-port",
    names=("vcpkg.spdx.json",),
    example=File(
        path="srv/vcpkg_installed/x64-linux/share/oak/vcpkg.spdx.json",
        content=b"""\
{"spdxVersion": "SPDX-2.2", "packages": [
  {"name": "oak", "SPDXID": "SPDXRef-port", "versionInfo": "2.1.0#3", "licenseConcluded": "MIT"},
  {"name": "oak:x64-linux", "SPDXID": "SPDXRef-binary", "versionInfo": "4c2a6b1f0c9d"}
]}
""",
    ),
    expect=("pkg:vcpkg/oak@2.1.0?port_version=3",),
)
def vcpkg_port(file: File) -> Iterator[Package]:
    """Yield the port with its revision and its licence."""
    port = next((each for each in file.json(Document).packages if each.id == PORT), None)
    if port is None:
        raise ParseError(file.path, "no port is described")
    version, _, revision = port.version.partition("#")
    yield Package(
        type="vcpkg",
        name=port.name.partition(":")[0],
        version=version,
        qualifiers={"port_version": revision} if revision else {},
        licences=tuple(filter(None, (spdx(port.concluded),))),
        path=file.path,
    )
