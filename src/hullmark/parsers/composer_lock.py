"""composer.lock: the exact packages of a PHP project.

Format: written by Composer, https://getcomposer.org/doc/01-basic-usage.md#commit-your-composer-lock
"""

from collections.abc import Iterator

from msgspec import Struct, field

from hullmark.licences import spdx
from hullmark.model import File, Package, ParseError
from hullmark.model.composer import Links, Release, needs
from hullmark.model.relations import related
from hullmark.unit import parser


class Lock(Struct, frozen=True):
    """The file; either list may be null."""

    packages: tuple[Release, ...] | None
    packages_dev: tuple[Release, ...] | None = field(name="packages-dev", default=None)


class Manifest(Struct, frozen=True):
    """What the project's ``composer.json`` asks for."""

    require: Links = ()
    require_dev: Links = field(name="require-dev", default=())


@parser(
    id="composer-lock",
    names=("composer.lock",),
    beside=("composer.json",),
    declared=True,
    version=2,
    example=File(
        path="srv/composer.lock",
        content=b"""{"content-hash": "0", "packages": [
  {"name": "example/log", "version": "3.0.1", "license": ["MIT"],
   "require": {"php": ">=8.1", "example/clock": "^1.0"}},
  {"name": "example/clock", "version": "1.0.0", "license": ["MIT", "GPL-2.0-only"]}
], "packages-dev": [
  {"name": "example/unit", "version": "v10.5.0"}
]}""",
        beside={
            "composer.json": File(
                path="srv/composer.json",
                content=b"""{"require": {"php": ">=8.1", "example/log": "^3.0"},
  "require-dev": {"example/unit": "^10.0"}}""",
            )
        },
    ),
    expect=(
        "pkg:composer/example/log@3.0.1",
        "pkg:composer/example/clock@1.0.0",
        "pkg:composer/example/unit@v10.5.0",
    ),
)
def composer_lock(file: File) -> Iterator[Package]:
    """Yield every locked package, those for development too; versions as they were tagged.

    The ``composer.json`` beside it tells which are direct.
    """
    lock = file.json(Lock)
    releases = (*(lock.packages or ()), *(lock.packages_dev or ()))
    development = range(len(lock.packages or ()), len(releases))
    entries = [
        each.package(file.path, map(spdx, each.licences()), declared=True) for each in releases
    ]
    direct, problem = _asked(file, releases)
    yield from related(entries, needs(releases), direct=direct, development=development)
    if problem:
        raise ParseError(file.path, f"beside it, {problem.place}: {problem.why}") from problem


def _asked(file: File, releases: tuple[Release, ...]) -> tuple[set[int] | None, ParseError | None]:
    """Which releases the project asks for, unknown where it cannot be read; and why it cannot."""
    beside = file.near("composer.json")
    if not beside:
        return None, None
    try:
        project = beside.json(Manifest)
    except ParseError as error:
        return None, error
    names = {name.lower() for name in (*(project.require or ()), *(project.require_dev or ()))}
    return {index for index, each in enumerate(releases) if each.name.lower() in names}, None
