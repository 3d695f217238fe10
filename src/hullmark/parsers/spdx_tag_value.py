"""SPDX documents as tags and values, versions 2.2 and 2.3.

Format: https://spdx.github.io/spdx-spec/v2.3/
"""

from collections.abc import Iterator

from hullmark.licences import spdx
from hullmark.model import Distribution, File, Package, spdx_bill
from hullmark.model.spdx_document import tagged
from hullmark.unit import parser

_BITNAMI = "opt/bitnami/"
"""Whose documents, JSON by that name, describe the very components that are there."""


@parser(
    id="spdx-tag-value",
    names=("*.spdx",),
    declared=True,
    version=3,
    example=File(
        path="srv/shop.spdx",
        content=b"SPDXVersion: SPDX-2.3\nSPDXID: SPDXRef-DOCUMENT\n\n"
        b"PackageName: alpine\nSPDXID: SPDXRef-os\nPackageVersion: 3.20\n"
        b"PrimaryPackagePurpose: OPERATING-SYSTEM\n\n"
        b"PackageName: left\nSPDXID: SPDXRef-a\nPackageLicenseDeclared: MIT\n"
        b"ExternalRef: PACKAGE-MANAGER purl pkg:npm/left@1.0.0\n\n"
        b"PackageName: right\nSPDXID: SPDXRef-b\nPackageComment: <text>of\nseveral: lines</text>\n"
        b"ExternalRef: PACKAGE-MANAGER purl pkg:npm/right@2.0.0\n\n"
        b"Relationship: SPDXRef-b DEV_DEPENDENCY_OF SPDXRef-a\n",
    ),
    expect=("distribution alpine 3.20", "pkg:npm/left@1.0.0", "pkg:npm/right@2.0.0"),
)
def spdx_tag_value(file: File) -> Iterator[Package | Distribution]:
    """Yield every package that has a package URL, and the operating system, as from JSON.

    Bitnami's documents in images are read by a parser of their own.
    """
    if file.path.startswith(_BITNAMI):
        return
    yield from spdx_bill.of_document(file, tagged(file), spdx)
