"""release: the Java runtime of a folder, as its build describes it.

Format: https://openjdk.org/jeps/223 and the ``release`` file that the JDK's makefiles write.
"""

from collections.abc import Iterator

from hullmark.model import File, Package
from hullmark.unit import parser

MAX_BYTES = 64 * 1024
"""Two thousand are usual, most of them names of modules."""


@parser(
    id="jvm-release",
    names=("release",),
    example=File(
        path="opt/java/openjdk/release",
        content=b"""\
IMPLEMENTOR="Eclipse Adoptium"
IMPLEMENTOR_VERSION="Temurin-21.0.4+7"
JAVA_RUNTIME_VERSION="21.0.4+7-LTS"
JAVA_VERSION="21.0.4"
SOURCE_REPO="https://example.org/jdk21u.git"
IMAGE_TYPE="JRE"
""",
    ),
    expect=(
        "pkg:generic/oracle/openjdk@21.0.4%2B7-LTS?repository_url=https://example.org/jdk21u.git",
    ),
)
def jvm_release(file: File) -> Iterator[Package]:
    """Yield the runtime under the names by which advisories know it.

    Builds of OpenJDK are ``oracle/openjdk`` whoever built them, but for Azul's Zulu; Oracle's own
    are ``oracle/jdk`` and ``oracle/jre``. Other files of this name yield nothing.
    """
    lines = file.read(0, MAX_BYTES).decode(errors="replace").splitlines()
    stated = {key: value.strip().strip('"') for key, _, value in (n.partition("=") for n in lines)}
    version = _version(stated)
    if not version:
        return
    vendor, product = _product(file.path, stated)
    repository = stated.get("SOURCE_REPO") or stated.get("BUILD_SOURCE_REPO", "")
    yield Package(
        type="generic",
        namespace=vendor,
        name=product,
        version=version,
        qualifiers={"repository_url": repository} if repository else {},
        path=file.path,
    )


def _version(stated: dict[str, str]) -> str:
    """The most exact one; before Java 9 the full version may count in another way."""
    short, full = stated.get("JAVA_VERSION", ""), stated.get("FULL_VERSION", "")
    if exact := stated.get("JAVA_RUNTIME_VERSION"):
        return exact
    return full if short and full.partition(".")[0] == short.partition(".")[0] else short


def _product(path: str, stated: dict[str, str]) -> tuple[str, str]:
    """Vendor and product."""
    builder = stated.get("IMPLEMENTOR", "").lower().replace(" ", "")
    jre = "jre" in stated.get("IMAGE_TYPE", "").lower()
    if "azul" in builder or "zulu" in path:
        return "azul", "zulu"
    if "sun" in builder:
        return "sun", "jre" if jre else "jdk"
    if "oracle" in builder or "oracle" in path:
        return "oracle", "jre" if jre else "jdk"
    return "oracle", "openjdk"
