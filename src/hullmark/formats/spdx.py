"""SPDX 2.3 JSON: a bill of materials for other tools and for licence reviews.

Format: https://spdx.github.io/spdx-spec/v2.3/
"""

from collections.abc import Iterable, Iterator, Sequence
from hashlib import blake2b, sha256
from re import compile as regex
from uuid import NAMESPACE_URL, uuid5

from msgspec import Struct, field
from msgspec.json import Encoder

from hullmark.model import Artifact, ArtifactKind, BaseImage, Distribution, Package, Report
from hullmark.unit import output

_DOCUMENTS = "https://hullmark.dev/spdx/"
_UNKNOWN = "NOASSERTION"
_NAME_CHARS = 60
"""What an identifier shows of a name; its hash tells long names apart."""

_FOREIGN = regex(r"[^A-Za-z0-9.-]+").sub
_LICENCE_REFS = regex(r"LicenseRef-[A-Za-z0-9.-]+").findall
_ELSEWHERE = regex(r"DocumentRef-([A-Za-z0-9.-]+):LicenseRef-").sub
_ENCODER = Encoder()


class _Element(Struct, omit_defaults=True, rename="camel", gc=False):
    """A package in SPDX's sense: the artifact, its operating system, and all that is in it."""

    spdx_id: str = field(name="SPDXID")
    name: str
    primary_package_purpose: str
    download_location: str
    files_analyzed: bool
    license_concluded: str
    license_declared: str
    version_info: str = ""
    source_info: str = ""
    checksums: tuple[dict[str, str], ...] = ()
    external_refs: tuple[dict[str, str], ...] = ()


@output(id="spdx", media_type="application/spdx+json; version=2.3")
def spdx(report: Report) -> Iterator[str]:
    """Packages as an SPDX 2.3 document, in JSON.

    The document describes the artifact, which contains its operating system and every package;
    what a package requires is a ``DEPENDS_ON``. ``licenseDeclared`` joins all statements found by
    AND; licences that SPDX does not list are ``LicenseRef-...``, with an entry each. ``sourceInfo``
    names file, layer and source package. Findings and gaps are annotations of the document.
    Namespace and time come from the content, so the same report gives the same bytes.
    """
    body = "".join(_body(report))
    name = f"{_DOCUMENTS}{uuid5(NAMESPACE_URL, _DOCUMENTS + sha256(body.encode()).hexdigest())}"
    yield (
        '{\n"spdxVersion": "SPDX-2.3",\n"dataLicense": "CC0-1.0",\n'
        f'"SPDXID": "SPDXRef-DOCUMENT",\n"documentNamespace": "{name}",\n'
    )
    yield body


def _body(report: Report) -> Iterator[str]:
    """All that the namespace is made from."""
    tool = f"Tool: {(report.tool or 'hullmark').replace(' ', '-')}"
    creation = {"created": report.artifact.created_utc, "creators": [tool]}
    root = _root(report.artifact)
    parts = list(_parts(report))
    yield f'"name": {_line(root.name)},\n"creationInfo": {_line(creation)},\n'
    yield f'"packages": [\n{_lines([root, *parts])}\n],\n'
    yield f'"hasExtractedLicensingInfos": [\n{_lines(_licences(report.packages))}\n],\n'
    yield f'"annotations": [\n{_lines(_annotations(report, tool))}\n],\n'
    yield f'"relationships": [\n{_lines(_relationships(report, root, parts))}\n]\n}}\n'


def _element(
    identifier: str,
    name: str,
    purpose: str,
    *,
    version_info: str,
    source_info: str,
    licence: str = "",
    checksums: tuple[dict[str, str], ...] = (),
    external_refs: tuple[dict[str, str], ...] = (),
) -> _Element:
    """An element, with what is the same for all of ours filled in."""
    return _Element(
        identifier,
        name,
        purpose,
        _UNKNOWN,
        files_analyzed=False,
        license_concluded=_UNKNOWN,
        license_declared=licence or _UNKNOWN,
        version_info=version_info,
        source_info=source_info,
        checksums=checksums,
        external_refs=external_refs,
    )


def _root(artifact: Artifact) -> _Element:
    algorithm, _, content = artifact.digest.partition(":")
    return _element(
        "SPDXRef-Artifact",
        artifact.name or str(artifact.kind),
        "CONTAINER" if artifact.kind == ArtifactKind.IMAGE else "OTHER",
        version_info=artifact.digest,
        source_info=_sentence(
            platform=artifact.platform, config=artifact.config, **_base(artifact.base)
        ),
        checksums=(
            ({"algorithm": "SHA256", "checksumValue": content},) if algorithm == "sha256" else ()
        ),
        external_refs=_external(artifact.purl),
    )


def _base(base: BaseImage | None) -> dict[str, str]:
    if base is None:
        return {}
    layers = str(base.layers) if base.layers else ""
    name = f"{base.name} {base.digest}".strip()
    return {"base_image": name, "base_layers": layers, "base_told_by": base.told_by}


def _parts(report: Report) -> Iterator[_Element]:
    """The operating system and every package, each under an identifier of its own."""
    if report.distribution:
        yield _system(report.distribution)
    taken: dict[str, int] = {}
    for package in report.packages:
        known = package.purl
        place = f"{known}\0{package.path}\0{package.layer}"
        mark = blake2b(place.encode(), digest_size=8).hexdigest()
        seen = taken[mark] = taken.get(mark, 0) + 1
        label = _FOREIGN("-", f"{package.type}-{package.name[:_NAME_CHARS]}")
        again = f"-{seen}" if seen > 1 else ""
        yield _part(package, known, f"SPDXRef-Package-{label}-{mark}{again}")


def _part(package: Package, known: str, identifier: str) -> _Element:
    return _element(
        identifier,
        package.full_name,
        "LIBRARY",
        licence=_at_home(package.licence),
        version_info=package.version,
        source_info=_sentence(
            path=package.path,
            layer=package.layer,
            source=f"{package.source} {package.source_version}".strip(),
            vendor=package.vendor.replace(";", ","),
            declared="yes, not seen installed" if package.declared else "",
            direct={True: "yes", False: "no", None: ""}[package.direct],
            development="yes" if package.development else "",
        ),
        external_refs=_external(known),
    )


def _system(distribution: Distribution) -> _Element:
    return _element(
        "SPDXRef-Distribution",
        distribution.id,
        "OPERATING-SYSTEM",
        version_info=distribution.version,
        source_info=_sentence(path=distribution.path, end_of_life=distribution.end_of_life),
    )


def _licences(packages: Iterable[Package]) -> Iterator[dict[str, str]]:
    """What SPDX wants to know of each licence that is not on its list."""
    expressions = {_at_home(licence) for package in packages for licence in package.licences}
    for ref in sorted({ref for licence in expressions for ref in _LICENCE_REFS(licence)}):
        name = ref.removeprefix("LicenseRef-")
        yield {
            "licenseId": ref,
            "name": name,
            "extractedText": f"Named {name} by the package; its text was not collected.",
        }


def _at_home(licence: str) -> str:
    """References into other documents as references into this one: we do not have the others."""
    return _ELSEWHERE(r"LicenseRef-\1-", licence) if "DocumentRef-" in licence else licence


def _annotations(report: Report, tool: str) -> Iterator[dict[str, str]]:
    for comment in _comments(report):
        yield {
            "annotationDate": report.artifact.created_utc,
            "annotationType": "OTHER",
            "annotator": tool,
            "comment": comment,
        }


def _comments(report: Report) -> Iterator[str]:
    for finding in report.findings:
        claim = f"{finding.severity.label} {finding.rule} {finding.subject}"
        yield f"finding: {claim}: {finding.evidence.says}"
    for gap in report.gaps:
        yield f"gap: {gap.unit}: {gap.subject}: {gap.why}"


def _relationships(
    report: Report, root: _Element, parts: Sequence[_Element]
) -> Iterator[dict[str, str]]:
    """What the artifact contains, and what packages of one file require of each other."""
    yield _relationship("SPDXRef-DOCUMENT", "DESCRIBES", root.spdx_id)
    for part in parts:
        yield _relationship(root.spdx_id, "CONTAINS", part.spdx_id)
    ids = [part.spdx_id for part in parts[len(parts) - len(report.packages) :]]
    each = list(zip(report.packages, ids, strict=True))
    at = {(package.path, package.purl): id for package, id in each}
    for package, id in each:
        for purl in dict.fromkeys(package.requires):
            other = at.get((package.path, purl))
            if other and other != id:
                yield _relationship(id, "DEPENDS_ON", other)


def _relationship(one: str, kind: str, other: str) -> dict[str, str]:
    return {"spdxElementId": one, "relationshipType": kind, "relatedSpdxElement": other}


def _external(known: str) -> tuple[dict[str, str], ...]:
    if not known:
        return ()
    return (
        {
            "referenceCategory": "PACKAGE-MANAGER",
            "referenceType": "purl",
            "referenceLocator": known,
        },
    )


def _sentence(**values: str) -> str:
    """Known values, named: ``path: srv/Cargo.lock; layer: sha256:...``."""
    known = [f"{name.replace('_', ' ')}: {value}" for name, value in values.items() if value]
    return "; ".join(known)


def _line(value: object) -> str:
    """A value as JSON on one line."""
    return str(_ENCODER.encode(value), "utf-8")


def _lines(values: Iterable[object]) -> str:
    """Values as JSON, one a line."""
    return str(_ENCODER.encode_lines(values)[:-1].replace(b"\n", b",\n"), "utf-8")
