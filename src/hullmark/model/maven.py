"""Maven coordinates of a Java archive, from what it says of itself.

Sources, best first: ``META-INF/maven/<group>/<artifact>/pom.properties`` that Maven packs, the
manifest (https://docs.oracle.com/en/java/javase/21/docs/specs/jar/jar.html) and the file's name.
"""

from collections.abc import Collection, Iterator, Mapping

from msgspec import Struct

from hullmark.model.later import regex

_VERSION = regex(r"v?([0-9][0-9A-Za-z.+_-]{0,99})(?:\s|\Z)").match
_VERSIONED = regex(r"(.{1,200}?)(?:-|_(?=[0-9]{1,9}\.[^-]{0,100}\Z))([0-9].{0,100})\Z").match
_ID = regex(r"[A-Za-z0-9_-]{1,100}(?:\.[A-Za-z0-9_-]{1,100}){0,20}\Z").match
_IMPLEMENTED = "implementation-version"
_TOMCAT = "org.apache.tomcat-"

_SPRING = ("aop aspects beans context context-indexer context-support core expression instrument "
           "jcl jdbc jms messaging orm oxm r2dbc test tx web webflux webmvc websocket")  # fmt: skip
_GROUPS = {
    **{f"spring-{name}": "org.springframework" for name in _SPRING.split()},
    **dict.fromkeys(("bcpg-", "bcpkix-", "bcprov-", "bctls-", "bcutil-"), "org.bouncycastle"),
    **dict.fromkeys(("bcpg", "bcpkix", "bcprov", "bctls", "bcutil"), "org.bouncycastle"),
    **dict.fromkeys(("elasticsearch", "elasticsearch-"), "org.elasticsearch"),
    **dict.fromkeys(("kafka", "kafka-"), "org.apache.kafka"),
    **dict.fromkeys(("okhttp", "okhttp-"), "com.squareup.okhttp3"),
    **dict.fromkeys(("spring-boot", "spring-boot-"), "org.springframework.boot"),
    "activation": "javax.activation",
    "ant": "org.apache.ant",
    "ant-launcher": "org.apache.ant",
    "derby": "org.apache.derby",
    "h2": "com.h2database",
    "hsqldb": "org.hsqldb",
    "ivy": "org.apache.ivy",
    "junit-jupiter-": "org.junit.jupiter",
    "kotlin-reflect": "org.jetbrains.kotlin",
    "kotlin-stdlib": "org.jetbrains.kotlin",
    "kotlin-stdlib-": "org.jetbrains.kotlin",
    "kotlinx-": "org.jetbrains.kotlinx",
    "lucene-": "org.apache.lucene",
    "micrometer-": "io.micrometer",
    "okio": "com.squareup.okio",
    "reactor-core": "io.projectreactor",
    "reactor-netty-": "io.projectreactor.netty",
    "spring-amqp": "org.springframework.amqp",
    "spring-batch-": "org.springframework.batch",
    "spring-data-": "org.springframework.data",
    "spring-integration-": "org.springframework.integration",
    "spring-kafka": "org.springframework.kafka",
    "spring-ldap-": "org.springframework.ldap",
    "spring-rabbit": "org.springframework.amqp",
    "spring-security-": "org.springframework.security",
    "spring-session-": "org.springframework.session",
    "spring-ws-": "org.springframework.ws",
    "tomcat-": "org.apache.tomcat",
    "tomcat-embed-": "org.apache.tomcat.embed",
}
"""Artifacts, and families by what their names begin with, that Maven does not build.

Their archives do not tell their group, and advisories name it.
"""


class Coordinates(Struct, frozen=True):
    """Group (may be empty), artifact and version (may be empty)."""

    group: str
    artifact: str
    version: str


def exact(version: str) -> str:
    """The version if it names one alone; empty for ranges, floating versions and variables."""
    text = version.strip()
    if text.startswith("[") and text.endswith("]") and "," not in text:
        text = text[1:-1].strip()
    floats = text.endswith("+") or text.lower().startswith("latest") or text == "RELEASE"
    return "" if floats or text.startswith(("[", "(", "]")) or "${" in text else text


def from_properties(data: bytes) -> Coordinates:
    """What a ``pom.properties`` says; a placeholder that nobody filled in counts as empty."""
    pairs = (line.partition("=") for line in data.decode(errors="replace").splitlines())
    values = {key.strip(): value.strip() for key, _, value in pairs}
    group, artifact, version = (
        "" if "${" in value else value
        for value in (values.get(key, "") for key in ("groupId", "artifactId", "version"))
    )
    return Coordinates(group, artifact, version)


def main_attributes(data: bytes) -> dict[str, str]:
    """The main section of a manifest, by lower-case name, without values that are variables.

    An implementation's version that it lacks is taken from the sections of packages if all that
    have one agree: Ant's users often state it there.
    """
    text = data.decode(errors="replace").replace("\r\n", "\n").replace("\r", "\n")
    main, _, sections = text.partition("\n\n")
    stated = _attributes(main.replace("\n ", ""))
    if _IMPLEMENTED not in stated and sections:
        lines = sections.replace("\n ", "").split("\n")
        versions = {line for line in lines if line.lower().startswith(f"{_IMPLEMENTED}:")}
        if len(versions) == 1:
            stated |= _attributes(versions.pop())
    return stated


def _attributes(section: str) -> dict[str, str]:
    pairs = (line.partition(":") for line in section.split("\n"))
    return {
        key.lower(): value.strip()
        for key, _, value in pairs
        if value.strip() and not value.lstrip().startswith(("%", "${"))
    }


def licence_names(project: bytes) -> Iterator[str]:
    """The licences of a ``pom.xml`` by name, else by URL."""
    _, _, rest = project.partition(b"<licenses>")
    for licence in rest.partition(b"</licenses>")[0].split(b"<license>")[1:]:
        for tag in (b"name", b"url"):
            text = licence.partition(b"<%b>" % tag)[2].partition(b"</%b>" % tag)[0]
            if words := text.decode(errors="replace").replace("&amp;", "&").split():
                yield " ".join(words)
                break


def stated_licences(manifest: Mapping[str, str]) -> list[str]:
    """Licences by name or URL; OSGi's header separates URLs by commas, names have their own."""
    stated = manifest.get("plugin-license-name") or manifest.get("bundle-license", "")
    parts = stated.split(",") if stated.lstrip('"').startswith("http") else [stated]
    names = (part.partition(";")[0].strip(' "') for part in parts)
    return [name for name in names if name and name != "<<EXTERNAL>>"]


def itself(stem: str, stated: Coordinates, recorded: Collection[Coordinates]) -> Coordinates | None:
    """Which of the recorded libraries the archive is; ``None`` if it only contains them.

    ``stated`` is what ``from_manifest`` made of the same archive. A classifier may follow the
    version in the file's name; a sole library may have another name, as in a distribution.
    """
    for maven in recorded:
        name, version = maven.artifact, maven.version
        if name in (stem, stated.artifact) or f"{stem}-".startswith(f"{name}-{version}-"):
            return maven
    sole = next(iter(recorded)) if len(recorded) == 1 else None
    return sole if sole and stated.version in ("", sole.version) else None


def from_manifest(stem: str, manifest: Mapping[str, str]) -> Coordinates:
    """Coordinates of an archive that Maven did not build; ``stem`` is its name without ending."""
    bundle = manifest.get("bundle-symbolicname", "").partition(";")[0].strip()
    stated = list(_stated(manifest))
    artifact, version = _split(stem, stated)
    if bundle.startswith(_TOMCAT):
        artifact = f"tomcat-{bundle.removeprefix(_TOMCAT)}"
    if "plugin-version" in manifest and _ID(manifest.get("short-name", "")):
        artifact = manifest["short-name"]  # of Jenkins, whose file may have any name
    return Coordinates(_group(artifact, bundle, manifest), artifact, version)


def _stated(manifest: Mapping[str, str]) -> Iterator[str]:
    """Versions that the manifest gives, the most exact first."""
    for key in ("plugin", "implementation", "bundle", "specification"):
        if found := _VERSION(manifest.get(f"{key}-version", "")):
            yield found[1]


def _split(stem: str, stated: list[str]) -> tuple[str, str]:
    """Artifact and version; a stated version that the name repeats shows where the name ends."""
    for version in stated:
        name, found, rest = stem.partition(f"-{version}")
        if found and name and rest[:1] in ("", "-"):
            return name, version
    if named := _VERSIONED(stem):
        return named[1], named[2]
    return stem, stated[0] if stated else ""


def _group(artifact: str, bundle: str, manifest: Mapping[str, str]) -> str:
    """The group that is known, or stated in a way that leaves no doubt."""
    family = artifact.partition("_")[0]  # of Scala's name_2.13
    if family in _GROUPS:
        return _GROUPS[family]
    while "-" in family:
        family = family.rpartition("-")[0]
        if f"{family}-" in _GROUPS:
            return _GROUPS[f"{family}-"]
    for key in ("group-id", "implementation-vendor-id"):
        if _ID(manifest.get(key, "")):
            return manifest[key]
    group, _, last = bundle.rpartition(".")
    return group if last == artifact and _ID(group) else ""
