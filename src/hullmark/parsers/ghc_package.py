"""Installed Haskell packages, in the databases of GHC, Cabal and Stack.

Format: https://downloads.haskell.org/ghc/latest/docs/users_guide/packages.html#installedpackageinfo-a-package-specification
"""

from collections.abc import Iterator

from hullmark.licences import spdx
from hullmark.model import File, Package, ParseError
from hullmark.unit import parser

MAX_DESCRIPTION_BYTES = 4 * 1024 * 1024
"""Ten times the longest seen, which lists some thousand modules."""


@parser(
    id="ghc-package",
    names=("**/package.conf.d/*.conf", "**/package.db/*.conf", "**/pkgdb/*.conf"),
    example=File(
        path="opt/ghc/lib/package.conf.d/oak-tree-2.1.0.conf",
        content=b"""\
name:                 oak-tree
version:              2.1.0
visibility:           public
id:                   oak-tree-2.1.0-97b3888a4aec
license:              BSD-3-Clause
description:
    A tree.
    version: of oak
depends:              base-4.15.1.0
""",
    ),
    expect=("pkg:hackage/oak-tree@2.1.0",),
)
def ghc_package(file: File) -> Iterator[Package]:
    """Yield the package with its licence; a library inside one counts as its package."""
    if file.size > MAX_DESCRIPTION_BYTES:
        why = f"{file.size} bytes are more than the {MAX_DESCRIPTION_BYTES} of a description"
        raise ParseError(file.path, why)
    fields: dict[str, str] = {}
    name = ""
    for line in file.text().splitlines():
        if not line[:1].isspace():
            name, _, value = line.partition(":")
            fields[name] = value.strip()
        elif name and not fields[name]:
            fields[name] = line.strip()
    package, version = fields.get("package-name") or fields.get("name"), fields.get("version")
    if not package or not version:
        raise ParseError(file.path, "no name and version of a package")
    yield Package(
        type="hackage",
        name=package,
        version=version,
        licences=tuple(filter(None, (spdx(fields.get("license", "")),))),
        path=file.path,
    )
