"""What auditors ask of a scan: scope, controls with their evidence, exceptions, gaps."""

from collections.abc import Mapping

from msgspec import Struct

from hullmark.model.framework import Answer, Judged, Status

SCHEMA = "hullmark.audit/1"


class Target(Struct, frozen=True, kw_only=True):
    """What was examined. ``commit`` is what a folder's repository has checked out, if any."""

    kind: str
    name: str
    digest: str = ""
    index: str = ""
    config: str = ""
    platform: str = ""
    created: str = ""
    commit: str = ""
    system: str = ""
    layers: int = 0


class Scope(Struct, frozen=True, kw_only=True):
    """With what it was examined: ``advisories`` are dates by ecosystem, ``units`` versions.

    ``basis`` is what the user said of what is judged: release of Kubernetes, trusted registries,
    what was skipped.
    """

    scanners: tuple[str, ...]
    basis: Mapping[str, str]
    subjects: Mapping[str, int]
    packages: int
    units: Mapping[str, int]
    advisories: Mapping[str, str]
    sandbox: str


class Verdict(Struct, frozen=True, kw_only=True):
    """What the gates said, and why."""

    verdict: str
    because: tuple[str, ...] = ()
    policy: str = ""


class Proof(Struct, frozen=True, kw_only=True):
    """One finding, as evidence."""

    rule: str
    title: str
    severity: str
    subject: str
    path: str
    line: int
    at: str
    layer: str
    says: str


class Acceptance(Struct, frozen=True, kw_only=True):
    """One finding that somebody accepts: where that is written, why, who, and until when."""

    finding: Proof
    at: str
    reason: str
    owner: str
    until: str
    status: str
    justification: str


class Missing(Struct, frozen=True, kw_only=True):
    """Something that could not be judged."""

    unit: str
    subject: str
    why: str
    layer: str


class Checked(Struct, frozen=True, kw_only=True):
    """A control, what became of it, and by what that is known."""

    id: str
    title: str
    status: Status
    says: str
    rules: tuple[str, ...]
    judged: tuple[Judged, ...]
    evidence: tuple[Proof, ...]
    accepted: tuple[Acceptance, ...]
    gaps: tuple[Missing, ...]
    answer: Answer | None


class Standing(Struct, frozen=True, kw_only=True):
    """A framework: ``counts`` are controls by status, ``percent`` passed ones of those judged."""

    id: str
    title: str
    version: str
    percent: float | None
    counts: Mapping[str, int]
    controls: tuple[Checked, ...]


class Audit(Struct, frozen=True, kw_only=True):
    """All of it. ``time`` is when it was made (RFC 3339, UTC), ``digest`` is over all the rest."""

    schema: str = SCHEMA
    digest: str = ""
    tool: str
    time: str
    target: Target
    scope: Scope
    decision: Verdict | None
    frameworks: tuple[Standing, ...]
    exceptions: tuple[Acceptance, ...]
    gaps: tuple[Missing, ...]
    notes: tuple[str, ...]
