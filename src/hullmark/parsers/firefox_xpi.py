"""XPI files: packed add-ons of Firefox and Thunderbird.

Format: https://extensionworkshop.com/documentation/publish/package-your-extension/ - a zip archive
with a manifest.json at its root.
"""

from collections.abc import Iterator

from msgspec import Struct

from hullmark.licences import spdx
from hullmark.model import File, Package, ParseError, dig
from hullmark.model.ziparchive import content, directory, entries
from hullmark.unit import parser

MAX_MANIFEST_BYTES = 1024 * 1024
"""Ours: manifests have some KB."""

_MANIFEST = b"manifest.json"
_PLACES = ("browser_specific_settings", "applications")
"""Keys that hold the browser's part of a manifest: the second is the older."""

_JSON = (
    b'{"manifest_version": 2, "name": "Weir", "version": "1.2.3", "license": "MPL-2.0",'
    b' "browser_specific_settings": {"gecko": {"id": "weir@example.org"}}}'
)
_SIZES = len(_JSON).to_bytes(4, "little") * 2 + b"\x0d\0\0\0"
_LOCAL = b"PK\3\4" + bytes(14) + _SIZES + _MANIFEST + _JSON
_CENTRAL = b"PK\1\2" + bytes(16) + _SIZES + bytes(14) + _MANIFEST
_END = (
    b"PK\5\6" + bytes(4) + b"\1\0\1\0" + len(_CENTRAL).to_bytes(4, "little")
    + len(_LOCAL).to_bytes(4, "little") + b"\0\0"
)  # fmt: skip


class Manifest(Struct, frozen=True):
    """The fields that are read."""

    version: str
    license: object = None
    applications: object = None
    browser_specific_settings: object = None


@parser(
    id="firefox-xpi",
    names=("*.xpi",),
    example=File(path="usr/lib/firefox/extensions/weir.xpi", content=_LOCAL + _CENTRAL + _END),
    expect=("pkg:firefox-extension/weir%40example.org@1.2.3",),
)
def firefox_xpi(file: File) -> Iterator[Package]:
    """Yield the add-on by its id, which is its file's name where the manifest has none.

    Add-ons older than manifest.json, which no supported browser runs, are an error.
    """
    found = (each for each in entries(file, directory(file), (b"json",)) if each.name == _MANIFEST)
    entry = next(found, None)
    if entry is None:
        raise ParseError(file.path, "an add-on without a manifest.json")
    packed = content(file, entry, MAX_MANIFEST_BYTES)
    manifest = File(path=file.path, content=packed).json(Manifest)
    ids = (dig(getattr(manifest, place), "gecko", "id") for place in _PLACES)
    name = next((id for id in ids if isinstance(id, str) and id), file.name.removesuffix(".xpi"))
    licence = spdx(manifest.license) if isinstance(manifest.license, str) else ""
    yield Package(
        type="firefox-extension",
        name=name,
        version=manifest.version,
        path=file.path,
        licences=(licence,) if licence else (),
    )
