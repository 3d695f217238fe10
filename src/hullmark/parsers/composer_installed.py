"""vendor/composer/installed.json: the PHP packages that Composer has installed.

Format: written by Composer (https://getcomposer.org), a list until version 1, an object since.
"""

from collections.abc import Iterator

from msgspec import Struct

from hullmark.licences import spdx
from hullmark.model import File, Package
from hullmark.unit import parser


class Installed(Struct, frozen=True):
    """One package; several licences are alternatives."""

    name: str
    version: str = ""
    license: tuple[str, ...] | str | None = ()


class Vendor(Struct, frozen=True):
    """The file as of Composer 2."""

    packages: tuple[Installed, ...]


@parser(
    id="composer-installed",
    names=("**/composer/installed.json",),
    example=File(
        path="srv/vendor/composer/installed.json",
        content=b"""{"packages": [
  {"name": "Example/Log", "version": "v3.0.1", "type": "library", "license": ["MIT"]},
  {"name": "example/clock", "version": "1.0.0", "license": ["MIT", "GPL-2.0-only"]}
], "dev": true, "dev-package-names": []}""",
    ),
    expect=("pkg:composer/example/log@v3.0.1", "pkg:composer/example/clock@1.0.0"),
)
def composer_installed(file: File) -> Iterator[Package]:
    """Yield every installed package, those for development too; versions as they were tagged."""
    if file.data.lstrip()[:1] == b"[":
        packages = file.json(tuple[Installed, ...])
    else:
        packages = file.json(Vendor).packages
    for package in packages:
        namespace, _, name = package.name.rpartition("/")
        yield Package(
            type="composer",
            namespace=namespace,
            name=name,
            version=package.version,
            licences=_licences(package.license),
            path=file.path,
        )


def _licences(names: tuple[str, ...] | str | None) -> tuple[str, ...]:
    """One expression; the list says that each of its members will do."""
    alternatives = (names,) if isinstance(names, str) else names or ()
    expressions = list(filter(None, map(spdx, alternatives)))
    return (" OR ".join(expressions),) if expressions else ()
