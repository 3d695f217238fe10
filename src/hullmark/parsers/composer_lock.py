"""composer.lock: the exact packages of a PHP project.

Format: written by Composer, https://getcomposer.org/doc/01-basic-usage.md#commit-your-composer-lock
"""

from collections.abc import Iterator

from msgspec import Struct, field

from hullmark.model import File, Package
from hullmark.unit import parser


class Locked(Struct, frozen=True):
    """One package."""

    name: str
    version: str = ""


class Lock(Struct, frozen=True):
    """The file; either list may be null."""

    packages: tuple[Locked, ...] | None
    packages_dev: tuple[Locked, ...] | None = field(name="packages-dev", default=None)


@parser(
    id="composer-lock",
    names=("composer.lock",),
    declared=True,
    example=File(
        path="srv/composer.lock",
        content=b"""{"content-hash": "0", "packages": [
  {"name": "example/log", "version": "3.0.1"}
], "packages-dev": [
  {"name": "example/unit", "version": "v10.5.0"}
]}""",
    ),
    expect=("pkg:composer/example/log@3.0.1", "pkg:composer/example/unit@v10.5.0"),
)
def composer_lock(file: File) -> Iterator[Package]:
    """Yield every locked package, those for development too; versions as they were tagged."""
    lock = file.json(Lock)
    for package in (*(lock.packages or ()), *(lock.packages_dev or ())):
        namespace, _, name = package.name.rpartition("/")
        yield Package(
            type="composer",
            namespace=namespace,
            name=name,
            version=package.version,
            path=file.path,
            declared=True,
        )
