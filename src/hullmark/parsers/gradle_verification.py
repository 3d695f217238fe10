"""verification-metadata.xml: checksums of all that a Gradle build has downloaded.

Format: https://docs.gradle.org/current/userguide/dependency_verification.html
"""

from collections.abc import Iterator

from hullmark.model import File, Package, xml
from hullmark.unit import parser

_DESCRIBES = (".pom", ".module", "ivy.xml")
"""Endings of artifacts that only describe a module: of parents, and of lists of versions."""


@parser(
    id="gradle-verification",
    names=("**/gradle/verification-metadata.xml",),
    declared=True,
    example=File(
        path="srv/gradle/verification-metadata.xml",
        content=b"""<?xml version="1.0" encoding="UTF-8"?>
<verification-metadata xmlns="https://schema.gradle.org/dependency-verification">
   <components>
      <component group="com.google.guava" name="guava" version="33.2.1-jre">
         <artifact name="guava-33.2.1-jre.jar"><sha256 value="45"/></artifact>
         <artifact name="guava-33.2.1-jre.pom"><sha256 value="46"/></artifact>
      </component>
      <component group="com.google.guava" name="guava-parent" version="33.2.1-jre">
         <artifact name="guava-parent-33.2.1-jre.pom"><sha256 value="47"/></artifact>
      </component>
   </components>
</verification-metadata>
""",
    ),
    expect=("pkg:maven/com.google.guava/guava@33.2.1-jre",),
)
def gradle_verification(file: File) -> Iterator[Package]:
    """Yield every module of which more than a description was downloaded.

    Gradle adds to the file and never removes: it may list what is no longer used. It does not
    tell modules of the build itself from those of the product.
    """
    for each in xml.root(file, "verification-metadata").every("components", "component"):
        artifacts = [found.attributes.get("name", "") for found in each.every("artifact")]
        group, name, version = (
            each.attributes.get(key, "") for key in ("group", "name", "version")
        )
        if name and not (artifacts and all(found.endswith(_DESCRIBES) for found in artifacts)):
            yield Package(
                type="maven",
                namespace=group,
                name=name,
                version=version,
                path=file.path,
                declared=True,
            )
