"""Extensions of VS Code and of what is built from it: VSCodium, code-server, Cursor, Theia.

Format: https://code.visualstudio.com/api/references/extension-manifest
"""

from collections.abc import Iterator

from msgspec import Struct, field

from hullmark.licences import spdx
from hullmark.model import File, Package, dig
from hullmark.unit import parser


class Manifest(Struct, frozen=True):
    """The fields that are read, whatever they hold; the editor adds the last one."""

    name: object = None
    publisher: object = None
    version: object = None
    license: object = None
    engines: object = None
    added: object = field(name="__metadata", default=None)


ANYWHERE = ("universal", "undefined", "unknown")
"""What the editor writes as platform of an extension that runs on all."""


@parser(
    id="vscode-extension",
    names=("**/extensions/*/package.json",),
    example=File(
        path="home/a/.vscode/extensions/example.weir-1.2.3/package.json",
        content=b'{"name": "Weir", "publisher": "Example", "version": "1.2.3", "license": "MIT",'
        b' "engines": {"vscode": "^1.90.0"}, "__metadata": {"targetPlatform": "linux-x64"}}',
    ),
    expect=("pkg:vscode-extension/example/weir@1.2.3?platform=linux-x64",),
)
def vscode_extension(file: File) -> Iterator[Package]:
    """Yield the extension with its publisher; those that belong to the editor itself too."""
    if b'"vscode"' not in file.data:
        return
    manifest = file.json(Manifest)
    name, publisher, version = manifest.name, manifest.publisher, manifest.version
    if not isinstance(dig(manifest.engines, "vscode"), str):
        return
    if isinstance(name, str) and isinstance(publisher, str) and isinstance(version, str):
        platform = dig(manifest.added, "targetPlatform")
        platform = platform if isinstance(platform, str) and platform not in ANYWHERE else ""
        licence = spdx(manifest.license) if isinstance(manifest.license, str) else ""
        yield Package(
            type="vscode-extension",
            namespace=publisher.lower(),
            name=name.lower(),
            version=version,
            qualifiers={"platform": platform} if platform else {},
            path=file.path,
            licences=(licence,) if licence else (),
        )
