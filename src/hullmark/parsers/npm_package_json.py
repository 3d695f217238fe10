"""package.json: what a Node.js package says of itself, in ``node_modules`` and elsewhere.

Format: package.json of the npm documentation. Manifests in the wild follow
it loosely, so that fields of a wrong type count as absent.
"""

from collections.abc import Iterator
from re import compile as regex

from msgspec import Struct

from hullmark.licences import spdx
from hullmark.model import File, Package, ParseError, dig
from hullmark.unit import parser

_name = regex(r"(?:@([A-Za-z0-9._~!*'()-]+)/)?([A-Za-z0-9._~!*'()-]+)\Z").match
"""Old names are upper case too: https://github.com/npm/validate-npm-package-name#naming-rules."""

MAX_MANIFEST_BYTES = 8 * 1024 * 1024
"""Ours: the largest, with a readme inside, are near 1 MB."""

MAX_NAME_CHARS = 214
"""npm's own bound, scope included."""


class Manifest(Struct):
    """The fields that we read, whatever they hold."""

    name: object = None
    version: object = None
    license: object = None
    licenses: object = None
    engines: object = None


@parser(
    id="npm-package-json",
    version=2,
    names=("package.json",),
    example=File(
        path="srv/node_modules/@oak/tree/package.json",
        content=b'{"name": "@oak/tree", "version": "2.1.0", "license": "MIT", "main": "i.js"}',
    ),
    expect=("pkg:npm/%40oak/tree@2.1.0",),
)
def npm_package_json(file: File) -> Iterator[Package]:
    """Yield the package, private ones too, with the licences that it names.

    A manifest without a valid name and a version describes no package and yields nothing; so
    does one that is no JSON deep inside an installed package, which npm never reads. Extensions
    of editors are read by a parser of their own.
    """
    if file.size > MAX_MANIFEST_BYTES:
        raise ParseError(file.path, f"more than the {MAX_MANIFEST_BYTES} bytes that are read")
    try:
        manifest = file.json(Manifest)
    except ParseError:
        if _deep(file.path):
            return
        raise
    if "/extensions/" in file.path and dig(manifest.engines, "vscode"):
        return
    name, version = manifest.name, manifest.version
    if isinstance(name, str) and isinstance(version, str) and len(name) <= MAX_NAME_CHARS:
        match = _name(name)
        if match and version.strip():
            yield Package(
                type="npm",
                namespace=f"@{match[1]}" if match[1] else "",
                name=match[2],
                version=version.strip(),
                path=file.path,
                licences=tuple(dict.fromkeys(_licences(manifest.license, manifest.licenses))),
            )


def _deep(path: str) -> bool:
    """Whether it lies in ``node_modules`` but not at the root of a package."""
    _, below, inside = f"/{path}".rpartition("/node_modules/")
    return bool(below) and inside.count("/") != (2 if inside.startswith("@") else 1)


def _licences(*stated: object) -> Iterator[str]:
    """Licences as text, as ``{"type": text}``, or as a list of either."""
    for one in stated:
        for each in one if isinstance(one, list) else (one,):
            text = each.get("type") if isinstance(each, dict) else each
            if isinstance(text, str) and (licence := spdx(text)):
                yield licence
