"""gradle.lockfile: the exact versions of a Gradle project, and of the build itself.

Format: https://docs.gradle.org/current/userguide/dependency_locking.html. Until Gradle 6 each
configuration had its own file in ``gradle/dependency-locks``.
"""

from collections.abc import Iterable, Iterator

from hullmark.model import File, Package, ParseError
from hullmark.unit import parser

_BUILD = ("buildscript-", "settings-")
"""How locks of what Gradle itself runs are named, and locks of single configurations for it."""


@parser(
    id="gradle-lockfile",
    names=("*gradle.lockfile", "**/gradle/dependency-locks/*.lockfile"),
    declared=True,
    example=File(
        path="srv/gradle.lockfile",
        content=b"""\
# This is a Gradle generated file for dependency locking.
com.google.guava:guava:33.2.1-jre=compileClasspath,runtimeClasspath,testRuntimeClasspath
org.junit.jupiter:junit-jupiter:5.10.3=testCompileClasspath,testRuntimeClasspath
empty=annotationProcessor
""",
    ),
    expect=(
        "pkg:maven/com.google.guava/guava@33.2.1-jre",
        "pkg:maven/org.junit.jupiter/junit-jupiter@5.10.3",
    ),
)
def gradle_lockfile(file: File) -> Iterator[Package]:
    """Yield every module; those only of test and processor configurations are for development.

    So is all that a build script or the settings need. The lock does not tell who asks for what.
    """
    builds = file.name.startswith(_BUILD)
    single = file.name.removesuffix(".lockfile") if "/dependency-locks/" in file.path else ""
    unread = 0
    for line in file.text().splitlines():
        module, stated, configurations = line.strip().partition("=")
        if not module or module.startswith("#") or module == "empty":
            continue
        group, name, version, *more = (*module.split(":", 3), "", "", "")
        if not (group and name and version) or any(more):
            unread += 1
            continue
        used = configurations.split(",") if stated else [single]
        yield Package(
            type="maven",
            namespace=group,
            name=name,
            version=version,
            path=file.path,
            declared=True,
            development=builds or _helps(used),
        )
    if unread:
        raise ParseError(file.path, f"{unread} lines name no module")


def _helps(configurations: Iterable[str]) -> bool:
    """Whether all of them are for tests or for what runs beside the compiler."""
    return all(
        name.startswith(("test", "annotationProcessor", "kapt", "ksp"))
        or "Test" in name
        or name.endswith("AnnotationProcessor")
        for name in configurations
    )
