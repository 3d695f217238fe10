"""What a check or a detection claims, the same for every subject."""

from enum import StrEnum

from msgspec import Struct

from hullmark.model.facts import Package
from hullmark.model.finding import Evidence, Finding, Fix, Kind, Severity


class Confidence(StrEnum):
    """How likely a hit is a fault: certain by construction, or a guess that may be wrong."""

    CERTAIN = "certain"
    LIKELY = "likely"
    POSSIBLE = "possible"


class Rule(Struct, frozen=True, kw_only=True):
    """What checks and detections share, and what documentation is generated from.

    ``id`` names the fault, so that "allow <id>" reads well in an exception.
    ``why`` is shown to users; ``remediation`` is one or more full sentences. Of a vulnerability
    ``published`` is when it became known (RFC 3339), ``exploited`` the day since when attackers are
    known to use it (KEV), ``epss`` how likely they will within 30 days; empty where nobody says.
    """

    id: str
    title: str
    kind: Kind
    severity: Severity
    why: str
    remediation: str
    references: tuple[str, ...]
    confidence: Confidence = Confidence.CERTAIN
    published: str = ""
    exploited: str = ""
    epss: float | None = None


def found_in(package: Package, rule: Rule, says: str, fix: Fix | None = None) -> Finding:
    """What a rule claims about a package, at the file that tells of it."""
    return Finding(
        rule=rule.id,
        kind=rule.kind,
        severity=rule.severity,
        subject=package.purl,
        evidence=Evidence(at=package.path, says=says, path=package.path, layer=package.layer),
        fix=fix,
    )
