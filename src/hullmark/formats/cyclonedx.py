"""CycloneDX 1.6 JSON: a bill of materials for other tools.

Format: https://cyclonedx.org/docs/1.6/json/
"""

from collections.abc import Iterator, Mapping, Sequence
from hashlib import sha256
from re import compile as regex
from uuid import NAMESPACE_URL, uuid5

from msgspec import Struct, field
from msgspec.json import Encoder

from hullmark.formats import publisher, web
from hullmark.model import (
    Artifact,
    ArtifactKind,
    BaseImage,
    Distribution,
    Finding,
    Kind,
    Package,
    Report,
)
from hullmark.model.vex import Status
from hullmark.unit import output

_SERIALS = "https://hullmark.dev/cyclonedx/"
_PATH = "hullmark:path"
_STATES = {
    Status.NOT_AFFECTED.value: "not_affected",
    Status.FIXED.value: "resolved",
    Status.AFFECTED.value: "exploitable",
    Status.UNDER_INVESTIGATION.value: "in_triage",
}
_JUSTIFICATIONS = {
    "vulnerable_code_not_present": "code_not_present",
    "vulnerable_code_not_in_execute_path": "code_not_reachable",
    "inline_mitigations_already_exist": "protected_by_mitigating_control",
}
"""OpenVEX's words that CycloneDX has too."""

_HEX = regex(r"[0-9a-f]{64}\Z").match
_ENCODER = Encoder()


class _Component(Struct, omit_defaults=True, gc=False):
    type: str
    ref: str = field(name="bom-ref")
    name: str
    group: str = ""
    version: str = ""
    description: str = ""
    hashes: tuple[dict[str, str], ...] = ()
    licenses: tuple[dict[str, str], ...] = ()
    purl: str = ""
    properties: tuple[dict[str, str], ...] = ()


@output(id="cyclonedx", media_type="application/vnd.cyclonedx+json; version=1.6")
def cyclonedx(report: Report) -> Iterator[str]:
    """Packages and their vulnerabilities as a CycloneDX 1.6 bill of materials.

    A component's licences are one SPDX expression, all statements joined by AND. Its file, layer
    and source package are properties (``hullmark:path``, ``hullmark:layer``, ``hullmark:source``,
    ``hullmark:source-version``, ``hullmark:vendor``), as are ``hullmark:declared`` where nothing
    shows that it is installed, ``hullmark:direct`` and ``hullmark:development`` where a file tells
    so; what a package requires stands under ``dependencies``. A vulnerability stands once, with
    all that it affects; the score of its rating is our risk, from 0 to 100. What is suppressed
    stands again, with an ``analysis`` that says why: ``not_affected`` for an exemption that says
    nothing else. Other findings, gaps and the age of advisories are properties of the metadata
    (``hullmark:finding``, ``hullmark:gap``, ``hullmark:feed``); where there are gaps the
    composition is called incomplete. Serial number and time come from the content, so the same
    report gives the same bytes.
    """
    body = "".join(_body(report))
    serial = uuid5(NAMESPACE_URL, f"{_SERIALS}{sha256(body.encode()).hexdigest()}")
    yield (
        '{\n"$schema": "http://cyclonedx.org/schema/bom-1.6.schema.json",\n'
        '"bomFormat": "CycloneDX",\n"specVersion": "1.6",\n'
        f'"serialNumber": "{serial.urn}",\n"version": 1,\n'
    )
    yield body


def _body(report: Report) -> Iterator[str]:
    """All that the serial number is made from."""
    root = _root(report.artifact)
    components, depends = _components(report)
    yield f'"metadata": {_line(_metadata(report, root))},\n'
    lines = _ENCODER.encode_lines(components)[:-1].replace(b"\n", b",\n")
    yield f'"components": [\n{str(lines, "utf-8")}\n],\n'
    depends = [{"ref": root.ref, "dependsOn": [each.ref for each in components]}, *depends]
    lines = _ENCODER.encode_lines(depends)[:-1].replace(b"\n", b",\n")
    yield f'"dependencies": [\n{str(lines, "utf-8")}\n],\n'
    whole = {
        "aggregate": "incomplete" if report.gaps else "unknown",
        "assemblies": [root.ref],
        "dependencies": [root.ref],
    }
    yield f'"compositions": [{_line(whole)}],\n'
    told = _vulnerabilities(report, root, components)
    lines = _ENCODER.encode_lines(told)[:-1].replace(b"\n", b",\n")
    yield f'"vulnerabilities": [\n{str(lines, "utf-8")}\n]\n}}\n'


def _metadata(report: Report, root: _Component) -> dict[str, object]:
    name, _, version = report.tool.partition(" ")
    tool = {"type": "application", "name": name or "hullmark", "version": version}
    found = [
        f"{finding.severity.label} {finding.rule} {finding.subject}: {finding.evidence.says}"
        for finding in report.findings
        if finding.kind is not Kind.VULNERABILITY
    ]
    missed = [f"{gap.unit}: {gap.subject}: {gap.why}" for gap in report.gaps]
    return {
        "timestamp": report.artifact.created_utc,
        "tools": {"components": [tool]},
        "component": root,
        "properties": (
            *(_property("finding", value) for value in found),
            *(_property("gap", value) for value in missed),
            *(_property("feed", f"{name}: {newest}") for name, newest in report.feeds.items()),
        ),
    }


def _components(report: Report) -> tuple[list[_Component], list[dict[str, object]]]:
    """The operating system and every package, each under a reference of its own.

    Beside them, for those that require others of the same file, the references of these.
    """
    components = [_system(report.distribution)] if report.distribution else []
    taken: set[str] = set()
    refs: list[str] = []
    again: dict[str, int] = {}
    for package in report.packages:
        known = package.purl
        ref = known
        if ref in taken:
            ref = base = f"{known}#{package.path}"
            while ref in taken:
                again[base] = again.get(base, 1) + 1
                ref = f"{base}#{again[base]}"
        taken.add(ref)
        refs.append(ref)
        components.append(_library(package, known, ref))
    return components, list(_depends(report.packages, refs))


def _depends(packages: Sequence[Package], refs: Sequence[str]) -> Iterator[dict[str, object]]:
    """What packages require, by reference; each reference stands once, none requires itself."""
    each = list(zip(packages, refs, strict=True))
    at = {(package.path, package.purl): ref for package, ref in each}
    for package, ref in each:
        if package.requires:
            found = dict.fromkeys(at.get((package.path, purl)) for purl in package.requires)
            others = [other for other in found if other and other != ref]
            if others:
                yield {"ref": ref, "dependsOn": others}


def _vulnerabilities(
    report: Report, root: _Component, components: Sequence[_Component]
) -> Iterator[dict[str, object]]:
    """One for each id, with all components that it affects; the artifact, where none is named."""
    refs: dict[tuple[str, str | None], list[_Component]] = {}
    for component in components:
        refs.setdefault((component.purl, None), []).append(component)
        for each in component.properties[:1]:
            if each["name"] == _PATH:
                refs.setdefault((component.purl, each["value"]), []).append(component)
    found: dict[str, list[Finding]] = {}
    for finding in report.findings:
        if finding.kind is Kind.VULNERABILITY:
            found.setdefault(finding.rule, []).append(finding)
    for id, findings in found.items():
        hit = {each.ref: each for finding in findings for each in _hit(finding, refs) or [root]}
        yield _vulnerability(report, id, findings) | {"affects": [*map(_affected, hit.values())]}
    judged: dict[tuple[str, tuple[str, str, str]], list[Finding]] = {}
    for suppressed in report.suppressed:
        by, finding = suppressed.by, suppressed.finding
        if finding.kind is Kind.VULNERABILITY:
            why = by.status or Status.NOT_AFFECTED, by.justification, by.impact or by.reason
            judged.setdefault((finding.rule, why), []).append(finding)
    for (id, why), findings in judged.items():
        hit = {each.ref: each for finding in findings for each in _hit(finding, refs) or [root]}
        told = {"analysis": _analysis(*why), "affects": [{"ref": ref} for ref in hit]}
        yield _vulnerability(report, id, findings) | told


def _hit(
    finding: Finding, refs: Mapping[tuple[str, str | None], list[_Component]]
) -> list[_Component]:
    """The components of a finding's package, at its place where one is there."""
    subject = finding.subject
    if not subject:
        return []
    return refs.get((subject, finding.evidence.path)) or refs.get((subject, None), [])


def _analysis(status: str, justification: str, detail: str) -> dict[str, str]:
    """What was decided, in CycloneDX's words; those that it lacks stand in the detail."""
    word = _JUSTIFICATIONS.get(justification, "")
    said = detail if word else ": ".join(filter(None, (justification, detail)))
    made = {"state": _STATES[status], "justification": word, "detail": said}
    return {name: value for name, value in made.items() if value}


def _vulnerability(report: Report, id: str, findings: Sequence[Finding]) -> dict[str, object]:
    rule = report.rules.get(id)
    aliases = dict.fromkeys(alias for finding in findings for alias in finding.aliases)
    fixes = [finding.fix for finding in findings if finding.fix]
    advice = dict.fromkeys(fix.says or fix.value for fix in fixes)
    advisories = dict.fromkeys(filter(None, map(web, rule.references if rule else ())))
    made: dict[str, object] = {
        "id": id,
        "source": _publisher(id),
        "references": [{"id": alias, "source": _publisher(alias)} for alias in aliases],
        "ratings": list(_ratings(findings)),
        "description": rule.title if rule else "",
        "detail": "; ".join(dict.fromkeys(finding.evidence.says for finding in findings)),
        "recommendation": "; ".join(filter(None, advice)),
        "advisories": [{"url": url} for url in advisories],
    }
    return {name: value for name, value in made.items() if value or name == "id"}


def _ratings(findings: Sequence[Finding]) -> Iterator[dict[str, object]]:
    """Each severity and risk once: they differ where distributions judge otherwise."""
    for severity, score in dict.fromkeys((each.severity, each.score) for each in findings):
        known: dict[str, object] = {} if score is None else {"score": score}
        by = {"source": {"name": "hullmark"}, "method": "other"}
        yield {**by, "severity": severity.label, **known}


def _publisher(id: str) -> dict[str, str]:
    name, page = publisher(id)
    return {"name": name, "url": page} if name else {}


def _affected(component: _Component) -> dict[str, object]:
    if component.type != "library" or not component.version:
        return {"ref": component.ref}
    return {
        "ref": component.ref,
        "versions": [{"version": component.version, "status": "affected"}],
    }


def _library(package: Package, known: str, ref: str) -> _Component:
    licence = package.licence
    full_name = package.full_name
    return _Component(
        "library",
        ref,
        package.name,
        group="" if full_name == package.name else package.namespace,
        version=package.version,
        licenses=({"expression": licence},) if licence else (),
        purl=known,
        properties=_properties(
            path=package.path,
            layer=package.layer,
            source=package.source,
            source_version=package.source_version,
            vendor=package.vendor,
            declared="true" if package.declared else "",
            direct={True: "true", False: "false", None: ""}[package.direct],
            development="true" if package.development else "",
        ),
    )


def _system(distribution: Distribution) -> _Component:
    return _Component(
        "operating-system",
        f"distribution:{distribution.id}",
        distribution.id,
        version=distribution.version,
        description=distribution.name,
        properties=_properties(
            path=distribution.path,
            codename=distribution.codename,
            end_of_life=distribution.end_of_life,
        ),
    )


def _root(artifact: Artifact) -> _Component:
    """The artifact itself; its reference begins otherwise than any package's."""
    content = artifact.digest.removeprefix("sha256:")
    layers = tuple(_property("layer", layer.diff_id) for layer in artifact.layers)
    return _Component(
        "container" if artifact.kind == ArtifactKind.IMAGE else "application",
        artifact.digest or f"{artifact.kind}:{artifact.name}",
        artifact.name,
        version=artifact.digest,
        hashes=({"alg": "SHA-256", "content": content},) if _HEX(content) else (),
        purl=artifact.purl,
        properties=(
            *_properties(kind=artifact.kind, platform=artifact.platform, config=artifact.config),
            *_base(artifact.base),
            *layers,
        ),
    )


def _base(base: BaseImage | None) -> tuple[dict[str, str], ...]:
    if base is None:
        return ()
    return _properties(
        base_name=base.name,
        base_digest=base.digest,
        base_layers=str(base.layers) if base.layers else "",
        base_told_by=base.told_by,
    )


def _properties(**values: str) -> tuple[dict[str, str], ...]:
    return tuple(
        [_property(name.replace("_", "-"), value) for name, value in values.items() if value]
    )


def _property(name: str, value: str) -> dict[str, str]:
    return {"name": f"hullmark:{name}", "value": value}


def _line(value: object) -> str:
    """A value as JSON on one line."""
    return str(_ENCODER.encode(value), "utf-8")
