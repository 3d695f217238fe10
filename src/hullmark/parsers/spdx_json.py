"""SPDX documents in JSON, versions 2.2 and 2.3.

Format: https://spdx.github.io/spdx-spec/v2.3/
"""

from collections.abc import Iterator

from hullmark.licences import spdx
from hullmark.model import Distribution, File, Package, spdx_bill
from hullmark.model.spdx_document import Document, checked
from hullmark.unit import parser


@parser(
    id="spdx-json",
    names=("*.spdx.json",),
    declared=True,
    version=3,
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
    yield from spdx_bill.of_document(file, checked(file, file.json(Document)), spdx)
