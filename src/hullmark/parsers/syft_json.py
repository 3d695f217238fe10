"""Syft's own report of packages, schemas 1 to 16.

Format: https://github.com/anchore/syft/tree/main/schema/json
"""

from collections.abc import Iterator, Mapping

from msgspec import Struct, field

from hullmark.licences import spdx
from hullmark.model import Distribution, File, Package, ParseError, bill
from hullmark.unit import parser


class Place(Struct):
    """A file that tells of a package; ``annotations`` mark the one that tells most."""

    path: str = ""
    annotations: Mapping[str, str] | None = None


class Artifact(Struct):
    """One package."""

    id: str = ""
    name: str = ""
    version: str = ""
    purl: str = ""
    licenses: list[object] | None = None
    locations: list[Place] | None = None
    metadata: Mapping[str, object] | None = None


class System(Struct, rename="camel"):
    """The distribution; its name was its id before schema 3."""

    id: str = ""
    name: str = ""
    pretty_name: str = ""
    version: str = ""
    version_id: str = field(name="versionID", default="")


class Relation(Struct):
    """Two artifacts; the child needs the parent where the type is ``dependency-of``."""

    parent: str = ""
    child: str = ""
    type: str = ""


class Schema(Struct):
    """Which form this is."""

    url: str = ""


class Report(Struct):
    """The parts of a report that are read."""

    artifacts: list[Artifact] | None = None
    relations: list[Relation] | None = field(name="artifactRelationships", default=None)
    distro: System | None = None
    schema: Schema | None = None


@parser(
    id="syft-json",
    names=("*.syft.json",),
    declared=True,
    version=3,
    example=File(
        path="srv/shop.syft.json",
        content=b'{"artifacts": [{"id": "a", "name": "left", "version": "1.0.0",'
        b'"purl": "pkg:npm/left@1.0.0", "licenses": [{"value": "MIT", "spdxExpression": "MIT"}],'
        b'"locations": [{"path": "/srv/package.json"}]}, {"id": "b", "name": "right",'
        b'"version": "2.0.0", "purl": "pkg:npm/right@2.0.0"}], "artifactRelationships":'
        b'[{"parent": "b", "child": "a", "type": "dependency-of"}], "distro": {"id": "debian",'
        b'"versionID": "12"}, "schema": {"version": "16.0.0", "url": "schema-16.0.0.json"}}',
    ),
    expect=("distribution debian 12", "pkg:npm/left@1.0.0", "pkg:npm/right@2.0.0"),
)
def syft_json(file: File) -> Iterator[Package | Distribution]:
    """Yield every package that has a package URL, under the path where Syft found it."""
    read = file.json(Report)
    if read.artifacts is None or read.schema is None:
        raise ParseError(file.path, "has no artifacts and schema")
    needs: dict[str, list[str]] = {}
    for each in read.relations or ():
        if each.type == "dependency-of":
            needs.setdefault(each.child, []).append(each.parent)
    distro = read.distro or System()
    yield from bill.packages(
        file,
        map(_component, read.artifacts),
        needs,
        bill.distribution(
            file, distro.id or distro.name, distro.version_id or distro.version, distro.pretty_name
        ),
    )


def _component(each: Artifact) -> bill.Component:
    told = each.metadata or {}
    source, version = told.get("source"), told.get("sourceVersion")
    origin = told.get("originPackage")
    named = {"hullmark:source": source or origin, "hullmark:source-version": version}
    return bill.Component(
        ref=each.id or each.purl,
        version=each.version,
        purl=each.purl,
        licences=[spdx(text) for licence in each.licenses or () if (text := _licence(licence))],
        properties={key: value for key, value in named.items() if isinstance(value, str) and value},
        path=_path(each.locations or []),
    )


def _path(places: list[Place]) -> str:
    primary = (each for each in places if (each.annotations or {}).get("evidence") == "primary")
    first = next(primary, None) or (places[0] if places else Place())
    return first.path


def _licence(licence: object) -> str:
    """A plain text in old schemas, an object in new ones."""
    if isinstance(licence, Mapping):
        licence = licence.get("spdxExpression") or licence.get("value")
    return licence if isinstance(licence, str) else ""
