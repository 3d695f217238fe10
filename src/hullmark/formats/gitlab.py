"""GitLab's report of container scanning, schema 15.2.1.

Format: https://gitlab.com/gitlab-org/security-products/security-report-schemas
"""

from collections.abc import Iterable, Iterator
from re import compile as regex
from uuid import NAMESPACE_URL, uuid5

from msgspec.json import Encoder

from hullmark.formats import publisher, web
from hullmark.model import Finding, Kind, Package, Report, Rule
from hullmark.model.phrases import shortened, visible
from hullmark.unit import output

VERSION = "15.2.1"
_SCHEMA = (
    "https://gitlab.com/gitlab-org/security-products/security-report-schemas"
    f"/-/raw/v{VERSION}/dist/container-scanning-report-format.json"
)
_FINDINGS = "https://hullmark.dev/gitlab/"
_MAX_NAME = 255
_MAX_SOLUTION = 7_000
_MAX_DESCRIPTION = 1_048_576
"""Characters, by the schema."""

_MAX_IDENTIFIERS = 20
"""GitLab keeps no more."""

_SOURCES = ("registry:", "docker:", "podman:", "containerd:")
_MARKDOWN = regex(r"[\\`*_\[\]<>#@~$!&|%^{}]").sub
_ENCODER = Encoder()


@output(id="gitlab", media_type="application/json")
def gitlab(report: Report) -> Iterator[str]:
    """Findings as GitLab's container scanning report, for its security dashboards.

    All kinds of findings are in it, so that one report tells of an image: those of no package,
    secrets and malware among them, name their file as the dependency, and its line as detail. Gaps
    are messages of the scan. ``start_time`` and ``end_time`` are when the image was made, so that
    the same report gives the same bytes. Text is escaped where GitLab reads Markdown.
    """
    name, _, version = visible(report.tool or "hullmark").partition(" ")
    tool = {
        "id": "hullmark",
        "name": name or "hullmark",
        "version": version or "unknown",
        "vendor": {"name": "Hullmark"},
    }
    made = report.artifact.created_utc.removesuffix("Z")
    scan = {
        "analyzer": tool,
        "scanner": tool,
        "type": "container_scanning",
        "start_time": made,
        "end_time": made,
        "status": "success",
        "messages": list(_messages(report)),
    }
    yield f'{{\n"version": "{VERSION}",\n"schema": "{_SCHEMA}",\n"scan": {_line(scan)},\n'
    lines = _ENCODER.encode_lines(_vulnerabilities(report))[:-1].replace(b"\n", b",\n")
    yield f'"vulnerabilities": [\n{str(lines, "utf-8")}\n]\n}}\n'


def _messages(report: Report) -> Iterator[dict[str, str]]:
    for gap in report.gaps:
        says = visible(f"{gap.unit}: {gap.subject}: not looked at: {gap.why}")
        yield {"level": "warn", "value": says}
    for ecosystem, newest in report.feeds.items():
        says = visible(f"advisories of {ecosystem} are of {newest}")
        yield {"level": "info", "value": says}


def _vulnerabilities(report: Report) -> Iterator[dict[str, object]]:
    packages = {package.purl: package for package in reversed(report.packages)}
    seen: dict[str, int] = {}
    for finding in report.findings:
        parts = (finding.rule, finding.subject, finding.evidence.at)
        mark = "\0".join(map(visible, parts))
        again = seen[mark] = seen.get(mark, 0) + 1
        yield _vulnerability(
            report, finding, packages.get(finding.subject), f"{_FINDINGS}{mark}\0{again}"
        )


def _vulnerability(
    report: Report, finding: Finding, package: Package | None, mark: str
) -> dict[str, object]:
    rule, fix = report.rules.get(finding.rule), finding.fix
    made: dict[str, object] = {
        "id": str(uuid5(NAMESPACE_URL, mark)),
        "name": shortened(visible((rule.title if rule else "") or finding.rule), _MAX_NAME),
        "description": shortened(_markdown(_description(finding, rule)), _MAX_DESCRIPTION),
        "severity": finding.severity.label.capitalize(),
        "identifiers": list(_identifiers(finding)),
        "links": [{"url": url} for url in map(web, rule.references if rule else ()) if url],
        "location": _location(report, finding, package),
        "details": _details(finding),
    }
    if fix:
        made["solution"] = shortened(_markdown(fix.text), _MAX_SOLUTION)
    return made


def _description(finding: Finding, rule: Rule | None) -> str:
    why = " ".join(rule.why.split()) if rule else ""
    return f"{why} {finding.evidence.says}".strip()


def _identifiers(finding: Finding) -> Iterator[dict[str, str]]:
    """The rule's id first, by which GitLab knows a finding again."""
    names = dict.fromkeys(visible(name) for name in (finding.rule, *finding.aliases))
    for name in list(filter(None, names))[:_MAX_IDENTIFIERS] or ["unnamed"]:
        kind, page = "hullmark", ""
        if finding.kind is Kind.VULNERABILITY:
            page = publisher(name)[1]
            kind = name.partition("-")[0].lower() if page else kind
        yield {"type": kind, "name": name, "value": name, **({"url": page} if page else {})}


def _location(report: Report, finding: Finding, package: Package | None) -> dict[str, object]:
    system, artifact = report.distribution, report.artifact
    name = package.full_name if package else finding.subject
    dependency: dict[str, object] = {
        "package": {"name": visible(name)},
        "version": visible(package.version) if package else "",
    }
    if package and package.direct is not None:
        dependency["direct"] = package.direct
    named = f"{system.id}:{system.version}" if system and system.version else ""
    return {
        "dependency": dependency,
        "operating_system": visible(named or (system.id if system else "")) or "unknown",
        "image": _image(visible(artifact.name)) or str(artifact.kind),
    }


def _image(name: str) -> str:
    """The reference of an image, without the source that the user named."""
    return next((name.removeprefix(each) for each in _SOURCES if name.startswith(each)), name)


def _details(finding: Finding) -> dict[str, object]:
    evidence = finding.evidence
    texts = {
        "path": evidence.path + (f":{evidence.line}" if evidence.line else ""),
        "layer": evidence.layer,
        "subject": finding.subject,
        "fixed in": finding.fix.value if finding.fix else "",
        "risk": "" if finding.score is None else f"{finding.score:.1f}",
    }
    return dict(_texts(texts.items()))


def _texts(pairs: Iterable[tuple[str, str]]) -> Iterator[tuple[str, dict[str, str]]]:
    for name, value in pairs:
        if value:
            key = name.replace(" ", "_")
            yield key, {"name": name, "type": "text", "value": visible(value)}


def _markdown(text: str) -> str:
    """Text in which nothing is Markdown of GitLab's flavour."""
    return _MARKDOWN(r"\\\g<0>", visible(text))


def _line(value: object) -> str:
    """A value as JSON on one line."""
    return str(_ENCODER.encode(value), "utf-8")
