"""CycloneDX bills of materials in XML, versions 1.0 to 1.7.

Format: https://cyclonedx.org/docs/1.6/xml/
"""

from collections.abc import Iterator

from hullmark.licences import spdx
from hullmark.model import Distribution, File, Package, bill
from hullmark.model.xml import Element, root
from hullmark.unit import parser


@parser(
    id="cyclonedx-xml",
    names=("*.cdx.xml", "bom.xml"),
    declared=True,
    version=3,
    example=File(
        path="srv/shop.cdx.xml",
        content=b'<bom xmlns="http://cyclonedx.org/schema/bom/1.6"><components>'
        b'<component type="operating-system"><name>alpine</name><version>3.20</version></component>'
        b'<component type="library" bom-ref="a"><name>left</name><version>1.0.0</version>'
        b"<licenses><license><id>MIT</id></license></licenses><purl>pkg:npm/left@1.0.0</purl>"
        b'</component><component type="library" bom-ref="b"><name>right</name>'
        b"<version>2.0.0</version><scope>excluded</scope><purl>pkg:npm/right@2.0.0</purl></component>"
        b'</components><dependencies><dependency ref="a"><dependency ref="b"/></dependency>'
        b"</dependencies></bom>",
    ),
    expect=("distribution alpine 3.20", "pkg:npm/left@1.0.0", "pkg:npm/right@2.0.0"),
)
def cyclonedx_xml(file: File) -> Iterator[Package | Distribution]:
    """Yield every component that has a package URL, and the operating system, as from JSON."""
    top = root(file, "bom")
    everything = list(_flat(top))
    system = next((each for each in everything if _type(each) == "operating-system"), None)
    yield from bill.packages(
        file,
        [_component(each) for each in everything if _type(each) not in bill.NO_SOFTWARE],
        {
            each.attributes.get("ref", ""): [to.attributes.get("ref", "") for to in each.children]
            for each in top.every("dependencies", "dependency")
        },
        bill.distribution(file, system.said("name"), system.said("version")) if system else None,
    )


def _flat(top: Element) -> Iterator[Element]:
    """Components and those inside them; the document's depth is bounded."""
    for each in top.every("components", "component"):
        yield each
        yield from _flat(each)


def _type(each: Element) -> str:
    return each.attributes.get("type", "")


def _component(each: Element) -> bill.Component:
    licences = each.every("licenses", "license")
    return bill.Component(
        ref=each.attributes.get("bom-ref") or each.said("purl"),
        version=each.said("version"),
        purl=each.said("purl"),
        licences=[
            *(spdx(part.said("id") or part.said("name")) for part in licences),
            *(spdx(part.text) for part in each.every("licenses", "expression")),
        ],
        properties={
            part.attributes.get("name", ""): part.text
            for part in each.every("properties", "property")
        },
        counts=_type(each) in bill.LIBRARIES,
        development=each.said("scope") == "excluded",
    )
