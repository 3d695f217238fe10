"""vendor/composer/installed.json: the PHP packages that Composer has installed.

Format: written by Composer (https://getcomposer.org), a list until version 1, an object since.
"""

from collections.abc import Iterator

from msgspec import Struct, field

from hullmark.licences import spdx
from hullmark.model import File, Package
from hullmark.model.composer import Release, needs
from hullmark.model.relations import related
from hullmark.unit import parser


class Vendor(Struct, frozen=True):
    """The file as of Composer 2."""

    packages: tuple[Release, ...]
    dev_package_names: tuple[str, ...] = field(name="dev-package-names", default=())


@parser(
    id="composer-installed",
    names=("**/composer/installed.json",),
    version=2,
    example=File(
        path="srv/vendor/composer/installed.json",
        content=b"""{"packages": [
  {"name": "Example/Log", "version": "v3.0.1", "type": "library", "license": ["MIT"],
   "require": {"php": ">=8.1", "example/clock-implementation": "1.0"}},
  {"name": "example/clock", "version": "1.0.0", "license": ["MIT", "GPL-2.0-only"],
   "provide": {"example/clock-implementation": "1.0"}},
  {"name": "example/unit", "version": "10.5.0"}
], "dev": true, "dev-package-names": ["example/unit"]}""",
    ),
    expect=(
        "pkg:composer/example/log@v3.0.1",
        "pkg:composer/example/clock@1.0.0",
        "pkg:composer/example/unit@10.5.0",
    ),
)
def composer_installed(file: File) -> Iterator[Package]:
    """Yield every installed package, those for development too; versions as they were tagged."""
    if file.data.lstrip()[:1] == b"[":
        vendor = Vendor(packages=file.json(tuple[Release, ...]))
    else:
        vendor = file.json(Vendor)
    names = {name.lower() for name in vendor.dev_package_names}
    releases = vendor.packages
    development = {index for index, each in enumerate(releases) if each.name.lower() in names}
    entries = [
        each.package(file.path, map(spdx, each.licences()), declared=False) for each in releases
    ]
    yield from related(entries, needs(releases), development=development)
