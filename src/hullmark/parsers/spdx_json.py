"""SPDX documents in JSON, versions 2.2 and 2.3.

Format: https://spdx.github.io/spdx-spec/v2.3/
"""

from collections.abc import Iterator

from msgspec import Struct, field

from hullmark.licences import spdx
from hullmark.model import Distribution, File, Package, ParseError, bill, spdx_bill
from hullmark.unit import parser


class Reference(Struct, rename="camel"):
    """A name of the package elsewhere."""

    reference_type: str = ""
    reference_locator: str = ""


class Element(Struct, rename="camel"):
    """One package."""

    id: str = field(name="SPDXID", default="")
    name: str = ""
    version_info: str = ""
    source_info: str = ""
    primary_package_purpose: str = ""
    license_declared: str = ""
    license_concluded: str = ""
    external_refs: list[Reference] | None = None


class Relation(Struct, rename="camel"):
    """Two elements, and what the one is to the other."""

    spdx_element_id: str = ""
    relationship_type: str = ""
    related_spdx_element: str = ""


class Document(Struct, rename="camel"):
    """The parts of a document that are read."""

    spdx_version: str = ""
    packages: list[Element] | None = None
    relationships: list[Relation] | None = None
    document_describes: list[str] | None = None


@parser(
    id="spdx-json",
    names=("*.spdx.json",),
    declared=True,
    example=File(
        path="srv/shop.spdx.json",
        content=b'{"spdxVersion": "SPDX-2.3", "SPDXID": "SPDXRef-DOCUMENT", "packages": ['
        b'{"SPDXID": "SPDXRef-os", "name": "debian", "versionInfo": "12",'
        b'"primaryPackagePurpose": "OPERATING-SYSTEM"}, {"SPDXID": "SPDXRef-a", "name": "left",'
        b'"licenseDeclared": "MIT", "externalRefs": [{"referenceType": "purl",'
        b'"referenceLocator": "pkg:npm/left@1.0.0"}]}, {"SPDXID": "SPDXRef-b", "name": "right",'
        b'"externalRefs": [{"referenceType": "purl", "referenceLocator": "pkg:npm/right@2.0.0"}]}],'
        b'"relationships": [{"spdxElementId": "SPDXRef-b", "relationshipType":'
        b'"DEV_DEPENDENCY_OF", "relatedSpdxElement": "SPDXRef-a"}]}',
    ),
    expect=("distribution debian 12", "pkg:npm/left@1.0.0", "pkg:npm/right@2.0.0"),
)
def spdx_json(file: File) -> Iterator[Package | Distribution]:
    """Yield every package that has a package URL, and the operating system.

    What the document describes is left out. Files and snippets are not read. Of licences the
    declared one counts, else the concluded one. Those that vcpkg writes, which name no package
    URL, have a parser of their own.
    """
    if file.name == "vcpkg.spdx.json":
        return
    read = file.json(Document)
    if not read.spdx_version.startswith("SPDX-2."):
        raise ParseError(file.path, f"is no SPDX 2 document but {read.spdx_version[:40]!r}")
    relations = [
        (each.spdx_element_id, each.relationship_type, each.related_spdx_element)
        for each in read.relationships or ()
    ]
    relations += [
        (spdx_bill.DOCUMENT, "DESCRIBES", other) for other in read.document_describes or ()
    ]
    yield from spdx_bill.packages(file, [_element(each) for each in read.packages or ()], relations)


def _element(each: Element) -> spdx_bill.Element:
    purls = (ref for ref in each.external_refs or () if ref.reference_type == "purl")
    first = next(purls, None)
    stated = (each.license_declared, each.license_concluded)
    licence = next((text for text in stated if text not in bill.SILENT), "")
    return spdx_bill.Element(
        ref=each.id,
        name=each.name,
        version=each.version_info,
        purl=first.reference_locator if first else "",
        licences=[spdx(licence)],
        purpose=each.primary_package_purpose,
        source_info=each.source_info,
    )
