"""Anthropic: admin keys of organisations."""

from random import Random

from hullmark.checks.declare import REVOKE, secret
from hullmark.checks.drawing import BASE64URL, assigned, text, unlike
from hullmark.checks.kinds import NOTHING_MORE, Claim
from hullmark.checks.proofs import is_drawn
from hullmark.model import Severity


def _token(random: Random) -> str:
    return f"sk-ant-admin01-{text(random, 93, BASE64URL)}AA"


@secret(
    id="anthropic-admin-key",
    title="Anthropic admin key",
    severity=Severity.CRITICAL,
    pattern=r"\b(sk-ant-admin[0-9]{2}-[0-9A-Za-z_-]{93}AA)(?:[^0-9A-Za-z_-]|$)",
    anchor=r"sk-ant-admin[0-9]{2}-[0-9A-Za-z_-]{93}AA",
    max_chars=114,
    keywords=("sk-ant-admin",),
    binary=True,
    remediation=f"{REVOKE}: the Console, Admin keys.",
    references=("https://docs.anthropic.com/en/api/administration-api",),
    bad=lambda random: assigned(random, "anthropic", _token(random)),
    good=lambda random: assigned(random, "anthropic", unlike(random, "sk-ant-admin01-", 93)),
)
def anthropic_admin_key(value: str) -> Claim | None:
    """Whoever holds it administers the organisation.

    They add members and manage workspaces and keys.
    """
    return NOTHING_MORE if is_drawn(value) else None
