"""vcpkg.json: the packages that a C or C++ project asks of vcpkg.

Format: https://learn.microsoft.com/vcpkg/reference/vcpkg-json
"""

from collections.abc import Iterator

from msgspec import Struct, field

from hullmark.model import File, Package
from hullmark.unit import parser


class Dependency(Struct):
    """One package asked for; ``host`` says that it runs while building."""

    name: str
    host: bool = False


class Override(Struct):
    """The one version of a package, under any of four names."""

    name: str
    version: str = ""
    semver: str = field(name="version-semver", default="")
    date: str = field(name="version-date", default="")
    string: str = field(name="version-string", default="")
    port_version: int = field(name="port-version", default=0)


class Feature(Struct):
    """An optional part of the project and what it asks for."""

    dependencies: list[str | Dependency] = []


class Manifest(Struct):
    """A whole file; features are a list in files of before 2021."""

    dependencies: list[str | Dependency] = []
    overrides: list[Override] = []
    features: dict[str, Feature] | list[Feature] = {}


@parser(
    id="vcpkg-json",
    names=("vcpkg.json",),
    declared=True,
    example=File(
        path="srv/vcpkg.json",
        content=b"""\
{"name": "app", "version": "0.1.0",
 "dependencies": ["oak", {"name": "leaf", "version>=": "1.4.0"}, {"name": "saw", "host": true}],
 "overrides": [{"name": "oak", "version": "2.1.0#3"}],
 "builtin-baseline": "4c2a6b1f0c9d4c2a6b1f0c9d4c2a6b1f0c9d4c2a"}
""",
    ),
    expect=("pkg:vcpkg/oak@2.1.0?port_version=3", "pkg:vcpkg/leaf", "pkg:vcpkg/saw"),
)
def vcpkg_json(file: File) -> Iterator[Package]:
    """Yield what the project asks for, its optional parts included; of a host tool that it is one.

    Only an override tells the version: for the rest it stands in the registry, at the baseline.
    """
    manifest = file.json(Manifest)
    parts = manifest.features
    features = list(parts.values()) if isinstance(parts, dict) else parts
    asked: dict[str, bool] = {}
    for each in (*manifest.dependencies, *(one for part in features for one in part.dependencies)):
        name, host = (each, False) if isinstance(each, str) else (each.name, each.host)
        asked[name] = host and asked.get(name, True)
    pinned = {each.name: each for each in manifest.overrides}
    for name, host in asked.items():
        version, port = _release(pinned[name]) if name in pinned else ("", "")
        yield Package(
            type="vcpkg",
            name=name,
            version=version,
            qualifiers={"port_version": port} if port else {},
            path=file.path,
            declared=True,
            direct=True,
            development=host,
        )


def _release(override: Override) -> tuple[str, str]:
    """Version and revision of the port, which may stand behind a number sign; empty for none."""
    stated = override.version or override.semver or override.date or override.string
    version, _, port = stated.partition("#")
    return version, (port or str(override.port_version)).lstrip("0")
