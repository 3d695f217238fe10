"""Whether an artifact may run, and which line of which policy says so."""

from enum import StrEnum

from msgspec import Struct

from hullmark.model.finding import Kind, Severity


class Verdict(StrEnum):
    """What a policy says of a report."""

    ALLOW = "allow"
    WARN = "warn"
    DENY = "deny"


class Threshold(Struct, frozen=True, kw_only=True):
    """How many findings of a kind are too many: more than ``more_than`` that fit all that is said.

    ``at`` is where it is written. What is ``None`` or empty asks for nothing. ``severity``,
    ``risk`` (0 to 100) and ``epss`` (0 to 1) are the least that counts. ``exploited`` and
    ``fixable`` ask for a yes or a no. ``grace_days`` is for how long after its publication a
    vulnerability does not count. ``ids`` are rules or aliases, ``*`` for anything.
    """

    at: str
    verdict: Verdict = Verdict.DENY
    kinds: tuple[Kind, ...] = ()
    ids: tuple[str, ...] = ()
    severity: Severity | None = None
    risk: float | None = None
    epss: float | None = None
    exploited: bool | None = None
    fixable: bool | None = None
    grace_days: int = 0
    more_than: int = 0
    because: str = ""


class Policy(Struct, frozen=True, kw_only=True):
    """What is not accepted. Without any threshold nothing but broken integrity is denied.

    With one that denies, a gap denies too, unless it is among ``allowed_gaps``: units, units with
    one subject (``vulnerabilities:pkg:docker``), ``packages`` for all that was not read, or
    ``all``. With those alone that warn, a gap warns.
    """

    fail_on: Severity | None = None
    thresholds: tuple[Threshold, ...] = ()
    allowed_gaps: tuple[str, ...] = ()


class Decision(Struct, frozen=True, kw_only=True):
    """The verdict, the findings and gaps that made it, and the policy's own lines."""

    verdict: Verdict
    because: tuple[str, ...] = ()
    policy: str = ""
