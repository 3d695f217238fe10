"""OpenVEX 0.2.0: what a scan and those who judged it say of vulnerabilities.

Format: https://github.com/openvex/spec/blob/main/OPENVEX-SPEC.md
"""

from collections.abc import Iterator, Sequence
from hashlib import sha256

from msgspec.json import Encoder

from hullmark.formats import publisher
from hullmark.model import Artifact, ArtifactKind, Report
from hullmark.model.vex import Status
from hullmark.model.vex_claims import Claim, beside, by_rule, claims
from hullmark.unit import output

_CONTEXT = "https://openvex.dev/ns/v0.2.0"
_DOCUMENTS = "https://hullmark.dev/openvex/"
_ENCODER = Encoder()

Reason = tuple[Status, str, str, str]


@output(id="openvex", media_type="application/json")
def openvex(report: Report) -> Iterator[str]:
    """Vulnerabilities as OpenVEX statements: what affects the image, and what does not.

    What is exempt is ``not_affected``, or has the status that its exemption or VEX statement gives
    it; what is in a baseline and all else is ``affected``, with the fix as action. The product is
    the image by its package URL or digest, with packages as subcomponents; of other targets each
    package is a product. Where one place of a package is exempt and another is not, it is affected.
    Other findings and gaps are told in ``tooling``: VEX has no other place for them. Name and time
    come from the content, so the same report gives the same bytes; where there is no vulnerability
    there is no statement, which the format's schema does not foresee.
    """
    body = "".join(_body(report))
    mark = sha256(body.encode()).hexdigest()
    yield f'{{\n"@context": "{_CONTEXT}",\n"@id": "{_DOCUMENTS}{mark}",\n'
    yield body


def _body(report: Report) -> Iterator[str]:
    """All that the document is named after."""
    tooling = "; ".join((report.tool or "hullmark", *beside(report)))
    yield f'"author": "hullmark",\n"timestamp": "{report.artifact.created_utc}",\n"version": 1,\n'
    yield f'"tooling": {str(_ENCODER.encode(tooling), "utf-8")},\n'
    lines = _ENCODER.encode_lines(_statements(report))[:-1].replace(b"\n", b",\n")
    yield f'"statements": [\n{str(lines, "utf-8")}\n]\n}}\n'


def _statements(report: Report) -> Iterator[dict[str, object]]:
    """One for each vulnerability and reason."""
    whole = _whole(report.artifact)
    for rule, known in by_rule(claims(report)).items():
        reasons: dict[Reason, list[Claim]] = {}
        for claim in known:
            reason = claim.status, claim.justification, claim.impact, claim.action
            reasons.setdefault(reason, []).append(claim)
        aliases = dict.fromkeys(alias for claim in known for alias in claim.aliases)
        page = publisher(rule)[1]
        name: dict[str, object] = {"@id": page} if page else {}
        name |= {"name": rule}
        if aliases:
            name["aliases"] = list(aliases)
        for reason, same in reasons.items():
            products = _products(whole, [claim.subject for claim in same])
            yield {"vulnerability": name, "products": products, **_status(reason)}


def _status(reason: Reason) -> dict[str, object]:
    """Status and why: of a justification and a statement of impact there may be one only."""
    status, justification, impact, action = reason
    said: dict[str, object] = {"status": status}
    match status:
        case Status.NOT_AFFECTED if justification:
            said |= {"justification": justification, "status_notes": impact}
        case Status.NOT_AFFECTED:
            said["impact_statement"] = impact or "accepted"
        case Status.AFFECTED:
            said["action_statement"] = action
        case _:
            said["status_notes"] = impact or action
    return {key: value for key, value in said.items() if value}


def _products(whole: dict[str, object], subjects: Sequence[str]) -> list[dict[str, object]]:
    parts = [_package(subject) for subject in dict.fromkeys(subjects) if subject]
    if not whole:
        return parts
    return [{**whole, "subcomponents": parts} if parts else whole]


def _package(subject: str) -> dict[str, object]:
    if not subject.startswith("pkg:"):
        return {"@id": subject}
    return {"@id": subject, "identifiers": {"purl": subject}}


def _whole(artifact: Artifact) -> dict[str, object]:
    """The image by what names it; empty for trees and bills, which nothing names."""
    if artifact.kind is not ArtifactKind.IMAGE:
        return {}
    known: dict[str, object] = {}
    if artifact.purl:
        known = {"@id": artifact.purl, "identifiers": {"purl": artifact.purl}}
    if artifact.digest.startswith("sha256:"):
        known["hashes"] = {"sha-256": artifact.digest.removeprefix("sha256:")}
    return known
