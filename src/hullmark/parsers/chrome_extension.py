"""Extensions installed in a profile of Chrome, Chromium, Edge or Brave.

Format: https://developer.chrome.com/docs/extensions/reference/manifest - each lies in
``Extensions/<id>/<version>/``.
"""

from collections.abc import Iterator
from re import compile as regex

from msgspec import Struct

from hullmark.model import File, Package
from hullmark.unit import parser

_id = regex(r"[a-p]{32}\Z").match
"""An extension's id: half of the SHA-256 of its key, in letters."""


class Manifest(Struct, frozen=True):
    """The field that is read."""

    version: str


@parser(
    id="chrome-extension",
    names=("**/Extensions/*/*/manifest.json",),
    example=File(
        path=f"home/a/.config/chromium/Default/Extensions/{'abcdefgh' * 4}/1.2.3_0/manifest.json",
        content=b'{"manifest_version": 3, "name": "__MSG_name__", "version": "1.2.3"}',
    ),
    expect=(f"pkg:chrome-extension/{'abcdefgh' * 4}@1.2.3",),
)
def chrome_extension(file: File) -> Iterator[Package]:
    """Yield the extension by its id, since its name depends on the language of who looks."""
    name = file.path.split("/")[-3]
    if _id(name):
        version = file.json(Manifest).version
        yield Package(type="chrome-extension", name=name, version=version, path=file.path)
