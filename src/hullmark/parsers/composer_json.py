"""composer.json: what a PHP project asks for.

Format: https://getcomposer.org/doc/04-schema.md, ranges:
https://getcomposer.org/doc/articles/versions.md
"""

from collections.abc import Iterator
from re import ASCII

from msgspec import Struct

from hullmark.model import File, Package
from hullmark.model.asked import Asked, Dependency
from hullmark.model.later import regex
from hullmark.model.unlocked import is_installed, told
from hullmark.unit import parser

_EXACT = regex(
    r"={0,2}[ \t]*(v?[0-9]+(?:\.[0-9]+){0,3}"
    r"(?:[-.]?(?:alpha|beta|b|a|RC|rc|p|pl|patch)[.-]?[0-9]*)?)"
    r"(?:@(?:dev|alpha|beta|RC|stable))?\Z",
    ASCII,
).match


class Manifest(Struct, rename="kebab"):
    """The fields that we read; PHP writes an empty object as an empty list."""

    name: object = None
    require: object = None
    require_dev: object = None


@parser(
    id="composer-json",
    names=("composer.json",),
    declared=True,
    example=File(
        path="srv/composer.json",
        content=b'{"require": {"php": ">=8.1", "oak/tree": "2.1.0", "oak/leaf": "~1.4"},'
        b' "require-dev": {"oak/twig": "v1.0.0"}}',
    ),
    expect=(
        "pkg:composer/oak/tree@2.1.0",
        "pkg:composer/oak/twig@v1.0.0",
        "asks for 1 of composer",
    ),
)
def composer_json(file: File) -> Iterator[Package | Asked]:
    """Yield what is asked for by one exact version, where no lock tells of it.

    What is asked for by ranges or branches, and is not told by a lock, is a gap. PHP, its
    extensions and what else has no vendor are no packages.
    """
    if is_installed(file.path):
        return
    manifest = file.json(Manifest)
    name = manifest.name if isinstance(manifest.name, str) else ""
    yield from told(file, "composer", _asked(manifest), locks=("composer.lock",), project=name)


def _asked(manifest: Manifest) -> Iterator[Dependency]:
    for table, development in ((manifest.require, False), (manifest.require_dev, True)):
        for name, range in table.items() if isinstance(table, dict) else ():
            if "/" in name and isinstance(range, str):
                match = _EXACT(range.strip())
                yield Dependency(name.lower(), match[1] if match else "", development)
