"""INSTALL_RECEIPT.json: what Homebrew installed, a folder for each formula and version.

Format: Library/Homebrew/tab.rb of Homebrew. Beside it stands an SPDX document, from version
4.3 on, which alone names the licence.
"""

from collections.abc import Iterator

from msgspec import Struct

from hullmark.licences import spdx
from hullmark.model import File, Package, ParseError
from hullmark.model.spdx_document import SILENT, spdx_document
from hullmark.unit import parser

_CORE = ("", "homebrew/core", "homebrew/cask")
_SPDX = "sbom.spdx.json"


class Source(Struct, frozen=True):
    """Where a formula came from; of a cask also its version."""

    tap: str | None = None
    version: str | None = None


class Receipt(Struct, frozen=True):
    """The parts of the file that are read; old ones do not tell who asked."""

    source: Source = Source()
    installed_on_request: bool | None = None


@parser(
    id="homebrew",
    names=(
        "**/Cellar/*/*/INSTALL_RECEIPT.json",
        "**/Caskroom/*/.metadata/INSTALL_RECEIPT.json",
    ),
    beside=(_SPDX,),
    example=File(
        path="home/linuxbrew/.linuxbrew/Cellar/zed@2/2.1_1/INSTALL_RECEIPT.json",
        content=b"""{"homebrew_version": "4.4.0", "installed_on_request": true,
            "source": {"tap": "us/tools", "versions": {"stable": "2.1"}}}""",
        beside={
            _SPDX: File(
                path=f"home/linuxbrew/.linuxbrew/Cellar/zed@2/2.1_1/{_SPDX}",
                content=b'{"packages": [{"name": "zed@2", "licenseDeclared": "MIT OR 0BSD"}]}',
            )
        },
    ),
    expect=("pkg:brew/us/tools/zed%402@2.1_1",),
)
def homebrew(file: File) -> Iterator[Package]:
    """Yield the formula or cask; one from a tap that is not Homebrew's own has it as namespace.

    It is direct when somebody asked for it, and not when another formula needs it.
    """
    receipt = file.json(Receipt)
    *_, name, version, _ = file.path.split("/")
    if version == ".metadata":
        version = receipt.source.version or ""
    tap = receipt.source.tap or ""
    licences, why = _licences(file, name)
    yield Package(
        type="brew",
        namespace="" if tap in _CORE else tap,
        name=name.lower(),
        version=version,
        path=file.path,
        layer=file.layer,
        licences=licences,
        direct=receipt.installed_on_request,
    )
    if why:
        raise ParseError(file.path, why)


def _licences(file: File, name: str) -> tuple[tuple[str, ...], str]:
    """What the SPDX document states for the formula itself, and why it cannot be read."""
    document = file.near(_SPDX)
    if not document:
        return (), ""
    try:
        packages = spdx_document(document).packages or ()
    except ParseError as error:
        return (), f"its licence: {error.why}"
    stated = [each.license_declared for each in packages if each.name == name]
    return tuple([spdx(each) for each in stated if each not in SILENT])[:1], ""
