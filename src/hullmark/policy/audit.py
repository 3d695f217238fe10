"""A report that was held against frameworks, as auditors ask for it."""

import json
from hashlib import sha256

import msgspec
from msgspec.structs import replace

from hullmark.model import Finding, Gap, Report
from hullmark.model.audit import (
    Acceptance,
    Audit,
    Checked,
    Missing,
    Proof,
    Scope,
    Standing,
    Target,
    Verdict,
)
from hullmark.model.exemption import Suppressed
from hullmark.model.framework import Compliance, Outcome, Status
from hullmark.model.phrases import visible
from hullmark.policy.frameworks import is_named, unread


def audit(report: Report, *, time: str, commit: str = "") -> Audit:
    """What a report says of each control; every text is visible, and the digest is of all."""
    artifact, system, decision = report.artifact, report.distribution, report.decision
    found = Audit(
        tool=report.tool,
        time=time,
        target=Target(
            kind=str(artifact.kind),
            name=artifact.name,
            digest=artifact.digest,
            index=artifact.index,
            config=artifact.config,
            platform=artifact.platform,
            created=artifact.created_utc if artifact.created else "",
            commit=commit,
            system=(system.name or f"{system.id} {system.version}".strip()) if system else "",
            layers=len(artifact.layers),
        ),
        scope=Scope(
            scanners=report.scanners,
            basis=report.basis,
            subjects=report.subjects,
            packages=len(report.packages),
            units=report.units,
            advisories=report.feeds,
            sandbox=report.sandbox,
        ),
        decision=Verdict(
            verdict=str(decision.verdict), because=decision.because, policy=decision.policy
        )
        if decision
        else None,
        frameworks=tuple(_standing(report, each) for each in report.frameworks),
        exceptions=tuple(_accepted(report, each) for each in report.suppressed),
        gaps=tuple(map(_missing, report.gaps)),
        notes=report.notes,
    )
    told = msgspec.convert(_visible(msgspec.to_builtins(found)), Audit)
    return replace(told, digest=digest(told))


def document(audit: Audit) -> dict[str, object]:
    """An audit as the members of its JSON."""
    members: dict[str, object] = msgspec.to_builtins(audit)
    return members


def digest(audit: Audit) -> str:
    """``sha256:...`` over the audit's JSON without ``digest``: sorted keys, no white space, UTF-8.

    docs/reports.md says how to compute it again.
    """
    members = {key: value for key, value in document(audit).items() if key != "digest"}
    canonical = json.dumps(members, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    return f"sha256:{sha256(canonical.encode()).hexdigest()}"


def _visible(value: object) -> object:
    """The same with every text and key as people may see it."""
    if isinstance(value, str):
        return visible(value)
    if isinstance(value, dict):
        return {visible(key): _visible(each) for key, each in value.items()}
    if isinstance(value, list | tuple):
        return [_visible(each) for each in value]
    return value


def _standing(report: Report, standing: Compliance) -> Standing:
    return Standing(
        id=standing.id,
        title=standing.title,
        version=standing.version,
        percent=standing.percent,
        counts={str(status): standing.count(status) for status in Status},
        controls=tuple(_checked(report, each) for each in standing.outcomes),
    )


def _checked(report: Report, outcome: Outcome) -> Checked:
    """A control with what breaks it, what of that is accepted, and what could not be looked at."""
    rules = outcome.rules
    evidence = (each for each in report.findings if is_named(each, rules))
    accepted = (each for each in report.suppressed if is_named(each.finding, rules))
    gaps = unread(report, rules).all if rules else ()
    return Checked(
        id=outcome.id,
        title=outcome.title,
        status=outcome.status,
        says=outcome.says,
        rules=rules,
        judged=outcome.judged,
        evidence=tuple(_proof(report, each) for each in evidence),
        accepted=tuple(_accepted(report, each) for each in accepted),
        gaps=tuple(map(_missing, gaps)),
        answer=outcome.answer,
    )


def _proof(report: Report, finding: Finding) -> Proof:
    evidence, rule = finding.evidence, report.rules.get(finding.rule)
    return Proof(
        rule=finding.rule,
        title=rule.title if rule else "",
        severity=finding.severity.label,
        subject=finding.subject,
        path=evidence.path,
        line=evidence.line,
        at=evidence.at,
        layer=evidence.layer,
        says=evidence.says,
    )


def _accepted(report: Report, each: Suppressed) -> Acceptance:
    by = each.by
    return Acceptance(
        finding=_proof(report, each.finding),
        at=by.at,
        reason=by.reason,
        owner=by.owner,
        until=by.expires,
        status=by.status,
        justification=by.justification,
    )


def _missing(gap: Gap) -> Missing:
    return Missing(unit=gap.unit, subject=gap.subject, why=gap.why, layer=gap.layer)
