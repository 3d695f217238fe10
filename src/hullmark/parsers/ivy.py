"""ivy.xml: the modules that a project built with Ant and Ivy asks for.

Format: https://ant.apache.org/ivy/history/latest-milestone/ivyfile.html
"""

from collections.abc import Iterator

from hullmark.model import File, Package, ParseError, xml
from hullmark.model.maven import exact
from hullmark.unit import parser


@parser(
    id="ivy",
    names=("ivy.xml",),
    declared=True,
    example=File(
        path="srv/ivy.xml",
        content=b"""<ivy-module version="2.0">
  <info organisation="org.example" module="shop"/>
  <dependencies>
    <dependency org="org.slf4j" name="slf4j-api" rev="2.0.13" conf="compile->default"/>
    <dependency org="junit" name="junit" rev="4.13.2" conf="test->default"/>
    <dependency name="shop-core" rev="latest.integration"/>
  </dependencies>
</ivy-module>
""",
    ),
    expect=(
        "pkg:maven/org.slf4j/slf4j-api@2.0.13",
        "pkg:maven/junit/junit@4.13.2",
        "pkg:maven/org.example/shop-core",
    ),
)
def ivy(file: File) -> Iterator[Package]:
    """Yield every module that is asked for; one only of configurations of tests is for development.

    A revision that floats, is a range or is a variable of Ant is left out.
    """
    root = xml.root(file, "ivy-module")
    info = root.find("info")
    own = info.attributes.get("organisation", "") if info else ""
    unnamed = 0
    for each in root.every("dependencies", "dependency"):
        values = each.attributes
        group, name = values.get("org", own), values.get("name", "")
        if not name or "${" in group + name:
            unnamed += 1
            continue
        yield Package(
            type="maven",
            namespace=group,
            name=name,
            version=exact(values.get("rev", "")),
            path=file.path,
            declared=True,
            direct=True,
            development=_tests(values.get("conf", "")),
        )
    if unnamed:
        raise ParseError(file.path, f"{unnamed} modules are not named, or by variables")


def _tests(mapping: str) -> bool:
    """Whether all configurations on the left sides (``test,it->default;...``) are of tests."""
    sides = [part.partition("->")[0] for part in mapping.split(";")]
    names = [name.strip() for side in sides for name in side.split(",") if name.strip()]
    return bool(names) and all("test" in name.lower() for name in names)
