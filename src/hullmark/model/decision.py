"""Whether an artifact may run, and which line of which policy says so."""

from enum import StrEnum

from msgspec import Struct

from hullmark.model.finding import Severity


class Verdict(StrEnum):
    """What a policy says of a report."""

    ALLOW = "allow"
    WARN = "warn"
    DENY = "deny"


class Policy(Struct, frozen=True, kw_only=True):
    """What is not accepted. Without ``fail_on`` nothing but broken integrity is denied.

    With it, a gap denies too, unless its unit is named in ``allowed_gaps``.
    """

    fail_on: Severity | None = None
    allowed_gaps: tuple[str, ...] = ()


class Decision(Struct, frozen=True, kw_only=True):
    """The verdict, the findings that made it (``rule subject``) and the policy's own line."""

    verdict: Verdict
    because: tuple[str, ...] = ()
    policy: str = ""
