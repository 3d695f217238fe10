"""Salesforce: session ids: the organisation's id and a secret."""

from random import Random

from hullmark.checks.declare import REVOKE, secret
from hullmark.checks.drawing import assigned, text, unlike
from hullmark.checks.kinds import NOTHING_MORE, Claim
from hullmark.checks.proofs import is_drawn


def _token(random: Random) -> str:
    return f"00D{text(random, 12)}!AQ{text(random, 94)}"


@secret(
    id="salesforce-access-token",
    title="Salesforce access token",
    pattern=r"\b(00D[0-9A-Za-z]{12}(?:[0-9A-Za-z]{3})?![0-9A-Za-z._]{80,160})",
    anchor=r"00D[0-9A-Za-z]{12,15}![0-9A-Za-z._]{80}",
    max_chars=180,
    keywords=("00D",),
    binary=True,
    remediation=f"{REVOKE}: Setup, Session Management.",
    references=(
        "https://developer.salesforce.com/docs/atlas.en-us.api_rest.meta/api_rest/quickstart_oauth.htm",
    ),
    bad=lambda random: assigned(random, "salesforce", _token(random)),
    good=lambda random: assigned(random, "salesforce", unlike(random, "00D", 20)),
)
def salesforce_access_token(value: str) -> Claim | None:
    """Whoever holds it is signed in as the user until the session ends."""
    return NOTHING_MORE if is_drawn(value) else None
