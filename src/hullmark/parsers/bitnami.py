"""Bitnami's lists of the components that it put below opt/bitnami.

Format: .bitnami_components.json, a table by name; and for each component, in later images, an SPDX
document (https://spdx.github.io/spdx-spec/v2.3/) in JSON or, until 2024, as tags and values.
"""

from collections.abc import Iterator

from msgspec import Struct

from hullmark.licences import spdx
from hullmark.model import File, Package, ParseError
from hullmark.model.purl import parts
from hullmark.model.relations import related
from hullmark.model.spdx_document import DOCUMENT, SILENT, Described, spdx_document
from hullmark.unit import parser

MAX_PACKAGES = 20_000
"""The largest applications have some 2,000."""


class Component(Struct, frozen=True):
    """One entry of the table."""

    version: str
    arch: str = ""
    distro: str = ""


@parser(
    id="bitnami",
    names=("opt/bitnami/.bitnami_components.json", "opt/bitnami/*/.spdx-*.spdx"),
    example=File(
        path="opt/bitnami/zed/.spdx-zed.spdx",
        content=b"""\
{"spdxVersion": "SPDX-2.3", "documentDescribes": ["SPDXRef-zed"],
 "packages": [
  {"SPDXID": "SPDXRef-zed", "name": "zed", "versionInfo": "1.2.0-3", "licenseDeclared": "MIT",
   "externalRefs": [{"referenceCategory": "PACKAGE-MANAGER", "referenceType": "purl",
     "referenceLocator": "pkg:bitnami/zed@1.2.0-3?arch=amd64&distro=debian-12"}]},
  {"SPDXID": "SPDXRef-lib", "name": "lib", "versionInfo": "2.0", "licenseDeclared": "ISC",
   "externalRefs": [{"referenceCategory": "PACKAGE-MANAGER", "referenceType": "purl",
     "referenceLocator": "pkg:golang/example.org/lib@v2.0.0"}]}],
 "relationships": [{"spdxElementId": "SPDXRef-zed", "relationshipType": "CONTAINS",
   "relatedSpdxElement": "SPDXRef-lib"}]}
""",
    ),
    expect=(
        "pkg:bitnami/zed@1.2.0-3?arch=amd64&distro=debian-12",
        "pkg:golang/example.org/lib@v2.0.0",
    ),
)
def bitnami(file: File) -> Iterator[Package]:
    """Yield each component, and those packages in it that have a purl.

    A component is direct; it requires what it contains.
    """
    if file.name.endswith(".json"):
        yield from _components(file)
        return
    document = spdx_document(file)
    packages = document.packages or []
    if len(packages) > MAX_PACKAGES:
        raise ParseError(file.path, f"more than {MAX_PACKAGES} packages")
    places = {each.spdx_id: index for index, each in enumerate(packages)}
    needs: list[list[int]] = [[] for _ in packages]
    direct = set()
    for one, kind, other in document.relations():
        here, there = places.get(one), places.get(other)
        if (one, kind) == (DOCUMENT, "DESCRIBES") and there is not None:
            direct.add(there)
        elif kind in {"CONTAINS", "DEPENDS_ON"} and here is not None and there is not None:
            needs[here].append(there)
    entries = [_package(file, each) for each in packages]
    yield from related(entries, needs, direct=direct)
    if not any(entries):
        raise ParseError(file.path, "no package with a purl")


def _components(file: File) -> Iterator[Package]:
    for name, each in sorted(file.json(dict[str, Component]).items()):
        qualifiers = {"arch": each.arch, "distro": each.distro}
        yield Package(
            type="bitnami",
            name=name.lower(),
            version=each.version,
            qualifiers={key: value for key, value in qualifiers.items() if value},
            path=file.path,
            layer=file.layer,
            direct=True,
        )


def _package(file: File, described: Described) -> Package | None:
    """A package by its purl, if it has one."""
    found = parts(described.purl)
    if not found:
        return None
    stated = described.license_declared
    return Package(
        **found._asdict(),
        path=file.path,
        layer=file.layer,
        licences=() if stated in SILENT else (spdx(stated),),
    )
