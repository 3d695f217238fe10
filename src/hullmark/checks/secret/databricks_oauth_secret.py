"""Databricks OAuth secret."""

from random import Random

from hullmark.checks.declare import REVOKE, secret
from hullmark.checks.drawing import HEX, assigned, text, unlike
from hullmark.checks.kinds import NOTHING_MORE, Claim
from hullmark.model import Severity


def _token(random: Random) -> str:
    return f"dose{text(random, 32, HEX)}"


@secret(
    id="databricks-oauth-secret",
    title="Databricks OAuth secret",
    severity=Severity.CRITICAL,
    pattern=r"\b(dose[0-9a-f]{32})\b",
    anchor=r"dose[0-9a-f]{32}",
    max_chars=37,
    keywords=("dose",),
    entropy=3.0,
    remediation=f"{REVOKE}: Databricks account console, Service principals.",
    references=("https://docs.databricks.com/en/dev-tools/auth/oauth-m2m.html",),
    bad=lambda random: assigned(random, "databricks", _token(random)),
    good=lambda random: assigned(random, "databricks", unlike(random, "dose", 32, HEX)),
)
def databricks_oauth_secret(_: str) -> Claim | None:
    """It logs in to Databricks as a service principal.

    Whoever holds it gets tokens for all that the principal may do.
    """
    return NOTHING_MORE
