"""CycloneDX bills of materials in JSON, versions 1.2 to 1.7.

Format: https://cyclonedx.org/specification/overview/
"""

from collections.abc import Iterator

from msgspec import Struct, field

from hullmark.licences import spdx
from hullmark.model import Distribution, File, Package, ParseError, bill
from hullmark.unit import parser

MAX_DEPTH = 20
"""Of components inside components: assemblies nest two or three deep."""


class Pair(Struct):
    """One property."""

    name: str = ""
    value: object = None


class Licence(Struct):
    """One licence by identifier or name."""

    id: str = ""
    name: str = ""


class Choice(Struct):
    """An expression, or one licence."""

    expression: str = ""
    license: Licence | None = None


class Component(Struct, rename="kebab"):
    """One component, with those that it is assembled from."""

    type: str = ""
    name: str = ""
    group: str = ""
    version: str = ""
    purl: str = ""
    scope: str = ""
    bom_ref: str = ""
    licenses: list[Choice] | None = None
    properties: list[Pair] | None = None
    components: "list[Component] | None" = None


class Dependency(Struct):
    """What one component needs."""

    ref: str
    depends_on: list[str] | None = field(name="dependsOn", default=None)


class Bill(Struct):
    """The parts of a bill that are read."""

    bom_format: str = field(name="bomFormat", default="")
    components: list[Component] | None = None
    dependencies: list[Dependency] | None = None


@parser(
    id="cyclonedx-json",
    names=("*.cdx.json", "bom.json"),
    declared=True,
    version=3,
    example=File(
        path="srv/shop.cdx.json",
        content=b'{"bomFormat": "CycloneDX", "specVersion": "1.6", "components": ['
        b'{"type": "operating-system", "name": "debian", "version": "12", "bom-ref": "os"},'
        b'{"type": "library", "name": "left", "version": "1.0.0", "purl": "pkg:npm/left@1.0.0",'
        b'"bom-ref": "a", "licenses": [{"license": {"id": "MIT"}}], "properties":'
        b'[{"name": "hullmark:direct", "value": "true"}]},'
        b'{"type": "library", "name": "right", "purl": "pkg:npm/right@2.0.0", "bom-ref": "b",'
        b'"scope": "excluded"}], "dependencies": [{"ref": "a", "dependsOn": ["b"]}]}',
    ),
    expect=("distribution debian 12", "pkg:npm/left@1.0.0", "pkg:npm/right@2.0.0"),
)
def cyclonedx_json(file: File) -> Iterator[Package | Distribution]:
    """Yield every component that has a package URL, and the operating system.

    Files, services and what the bill describes are left out. Source packages are read from the
    properties of Trivy, of Syft and our own; ``scope: excluded`` is for development only.
    """
    read = file.json(Bill)
    if read.bom_format != "CycloneDX":
        raise ParseError(file.path, "bomFormat is not CycloneDX")
    everything = list(flat(file, read.components or []))
    system = next((each for each in everything if each.type == "operating-system"), None)
    yield from bill.packages(
        file,
        [component(each) for each in everything if each.type not in bill.NO_SOFTWARE],
        {each.ref: each.depends_on or () for each in read.dependencies or ()},
        bill.distribution(file, system.name, system.version) if system else None,
    )


def flat(file: File, components: list[Component]) -> Iterator[Component]:
    """Components and those inside them, in order."""
    open_lists = [iter(components)]
    while open_lists:
        each = next(open_lists[-1], None)
        if each is None:
            open_lists.pop()
            continue
        yield each
        if each.components:
            if len(open_lists) > MAX_DEPTH:
                raise ParseError(file.path, f"components nest more than {MAX_DEPTH} deep")
            open_lists.append(iter(each.components))


def component(each: Component) -> bill.Component:
    """One component as all bills have it."""
    return bill.Component(
        ref=each.bom_ref or each.purl,
        version=each.version,
        purl=each.purl,
        licences=[
            spdx(
                choice.expression
                or (choice.license and (choice.license.id or choice.license.name))
                or ""
            )
            for choice in each.licenses or ()
        ],
        properties={
            pair.name: pair.value for pair in each.properties or () if isinstance(pair.value, str)
        },
        counts=each.type in bill.LIBRARIES,
        development=each.scope == "excluded",
    )
