"""What bills of materials have in common: components with a package URL, and who needs whom.

The formats differ in where they put these; what is made of them here does not.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence

from msgspec import Struct
from msgspec.structs import replace

from hullmark.model.artifact import Distribution
from hullmark.model.errors import ParseError
from hullmark.model.facts import Package
from hullmark.model.file import File
from hullmark.model.lifecycle import end_of_life
from hullmark.model.purl import Parts, parts
from hullmark.model.rpm_installed import source_of

MAX_PURL_CHARS = 16 * 1024
"""Of a purl: four parts as long as a path may be."""

MAX_NAME_CHARS = 4096
MAX_PATH_CHARS = 4096
"""As everywhere; a bill may quote whole texts in their place."""

LIBRARIES = frozenset(("library", "framework"))
NO_SOFTWARE = frozenset(
    ("operating-system", "container", "file", "device", "data", "cryptographic-asset")
)
"""Types of CycloneDX components that are surely packages, and that are none."""

_TRIVY = "aquasecurity:trivy:"
_PARTS = ("Epoch", "Version", "Release")
_PATHS = ("hullmark:path", f"{_TRIVY}FilePath", "syft:location:0:path")
_ARTIFACTS = frozenset(("oci", "docker"))
"""purl types of images: what a bill describes, not what is in it."""


class Component(Struct, kw_only=True):
    """One entry of a bill; ``ref`` is its name inside the document.

    ``licences`` are SPDX expressions, ``properties`` what a tool adds of its own:
    those of Syft, of Trivy and ours are read. ``counts`` is false for what need not be software,
    such as a lock file or a folder: without a package URL it is passed over.
    """

    ref: str
    version: str = ""
    purl: str = ""
    licences: Sequence[str] = ()
    properties: Mapping[str, str] = {}
    path: str = ""
    counts: bool = True
    development: bool = False


def packages(
    file: File,
    components: Iterable[Component],
    needs: Mapping[str, Sequence[str]],
    distribution: Distribution | None = None,
) -> Iterator[Package | Distribution]:
    """Packages of a bill, with what they require by reference, and the distribution.

    Without a stated distribution the first ``distro`` qualifier tells it. Components without a
    package URL cannot be judged: ``ParseError`` counts them after the rest.
    """
    found: list[tuple[str, Package]] = []
    nameless = 0
    for each in components:
        known = parts(each.purl[:MAX_PURL_CHARS])
        if known is None:
            nameless += each.counts or bool(each.purl)
        elif known.type not in _ARTIFACTS:
            found.append((each.ref, _package(file, each, known)))
    purls = {ref: package.purl for ref, package in found}
    system = distribution or _distribution(file, [package for _, package in found])
    if system:
        yield system
    for ref, package in found:
        requires = tuple(
            dict.fromkeys(purls[to] for to in needs.get(ref, ()) if to in purls and to != ref)
        )
        yield replace(package, requires=requires) if requires else package
    if nameless:
        raise ParseError(file.path, f"{nameless} components have no package URL")


def distribution(file: File, id: str, version: str, name: str = "") -> Distribution | None:
    """The operating system that a bill names; ``None`` when it names none."""
    id = id.strip().lower()[:MAX_NAME_CHARS]
    if not id:
        return None
    version = version[:MAX_NAME_CHARS]
    end = end_of_life(id, version)
    return Distribution(id=id, version=version, name=name, path=file.path, end_of_life=end)


def _package(file: File, each: Component, known: Parts) -> Package:
    qualifiers = dict(known.qualifiers)
    source, source_version = _upstream(qualifiers.pop("upstream", ""), known)
    told = each.properties
    path = each.path or next(filter(None, (told.get(key) for key in _PATHS)), "")
    return Package(
        type=known.type,
        namespace=known.namespace,
        name=known.name[:MAX_NAME_CHARS],
        version=known.version or each.version,
        qualifiers=qualifiers,
        subpath=known.subpath,
        path=path.lstrip("/")[:MAX_PATH_CHARS] or file.path,
        licences=tuple(dict.fromkeys(filter(None, each.licences))),
        source=told.get("hullmark:source") or told.get(f"{_TRIVY}SrcName") or source,
        source_version=told.get("hullmark:source-version") or _trivys(told) or source_version,
        vendor=told.get("hullmark:vendor", "")[:MAX_NAME_CHARS],
        direct={"true": True, "false": False}.get(told.get("hullmark:direct", "")),
        development=each.development or "hullmark:development" in told,
        declared="hullmark:declared" in told,
    )


def _upstream(told: str, known: Parts) -> tuple[str, str]:
    """Name and version of what a package was built from; of an rpm its source package's file."""
    if known.type == "rpm" and told.endswith(".rpm"):
        return source_of(told, known.name)
    source, _, version = told.partition("@")
    return source, version


def _trivys(told: Mapping[str, str]) -> str:
    """A source's version, which Trivy writes in three parts."""
    epoch, version, release = (told.get(f"{_TRIVY}Src{part}", "") for part in _PARTS)
    epoch = f"{epoch}:" if epoch not in ("", "0") else ""
    return f"{epoch}{version}-{release}" if release else f"{epoch}{version}" if version else ""


def _distribution(file: File, found: Iterable[Package]) -> Distribution | None:
    for package in found:
        id, _, version = package.qualifiers.get("distro", "").rpartition("-")
        if id and version[:1].isdigit():
            return distribution(file, id, version)
    return None
