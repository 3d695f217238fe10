"""PlanetScale: tokens of people and applications."""

from random import Random

from hullmark.checks.declare import REVOKE, secret
from hullmark.checks.drawing import BASE64URL, assigned, text, unlike
from hullmark.checks.kinds import NOTHING_MORE, Claim
from hullmark.checks.proofs import is_drawn


def _token(random: Random) -> str:
    return f"pscale_oauth_{text(random, 32, BASE64URL)}"


@secret(
    id="planetscale-oauth-token",
    title="PlanetScale OAuth token",
    pattern=r"\b(pscale_oauth_[0-9A-Za-z_-]{32,64})(?:[^0-9A-Za-z_-]|$)",
    anchor=r"pscale_oauth_[0-9A-Za-z_-]{32}",
    max_chars=79,
    keywords=("pscale_oauth_",),
    binary=True,
    remediation=f"{REVOKE}: the person's settings, Applications.",
    references=("https://planetscale.com/docs/api/reference/oauth",),
    bad=lambda random: assigned(random, "planetscale", _token(random)),
    good=lambda random: assigned(
        random, "planetscale", unlike(random, "pscale_oauth_", 32, BASE64URL)
    ),
)
def planetscale_oauth_token(value: str) -> Claim | None:
    """Whoever holds it does what the person granted the application."""
    return NOTHING_MORE if is_drawn(value) else None
