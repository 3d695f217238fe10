"""Databricks access token."""

from random import Random

from hullmark.checks.declare import REVOKE, secret
from hullmark.checks.drawing import HEX, assigned, text, unlike
from hullmark.checks.kinds import NOTHING_MORE, Claim
from hullmark.model import Severity


def _token(random: Random) -> str:
    return f"dapi{text(random, 32, HEX)}" + random.choice(("", "-2"))


@secret(
    id="databricks-token",
    title="Databricks access token",
    severity=Severity.CRITICAL,
    pattern=r"\b(dapi[0-9a-f]{32}(?:-\d)?)\b",
    anchor=r"dapi[0-9a-f]{32}",
    max_chars=38,
    keywords=("dapi",),
    remediation=f"{REVOKE}: Databricks, Settings, Developer, Access tokens.",
    references=("https://docs.databricks.com/en/dev-tools/auth/pat.html",),
    bad=lambda random: assigned(random, "databricks", _token(random)),
    good=lambda random: assigned(random, "databricks", unlike(random, "dapi", 32, HEX)),
)
def databricks_token(_: str) -> Claim | None:
    """It acts as its owner in a Databricks workspace.

    Whoever holds it runs code on clusters and reads the data that they reach.
    """
    return NOTHING_MORE
