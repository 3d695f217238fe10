"""PlanetScale: tokens of services."""

from random import Random

from hullmark.checks.declare import REVOKE, secret
from hullmark.checks.drawing import BASE64URL, assigned, text, unlike
from hullmark.checks.kinds import NOTHING_MORE, Claim
from hullmark.checks.proofs import is_drawn


def _token(random: Random) -> str:
    return f"pscale_tkn_{text(random, 32, BASE64URL)}"


@secret(
    id="planetscale-service-token",
    title="PlanetScale service token",
    pattern=r"\b(pscale_tkn_[0-9A-Za-z_-]{32,64})(?:[^0-9A-Za-z_-]|$)",
    anchor=r"pscale_tkn_[0-9A-Za-z_-]{32}",
    max_chars=77,
    keywords=("pscale_tkn_",),
    binary=True,
    remediation=f"{REVOKE}: the organisation's settings, Service tokens.",
    references=("https://planetscale.com/docs/api/reference/service-tokens",),
    bad=lambda random: assigned(random, "planetscale", _token(random)),
    good=lambda random: assigned(
        random, "planetscale", unlike(random, "pscale_tkn_", 32, BASE64URL)
    ),
)
def planetscale_service_token(value: str) -> Claim | None:
    """Together with its id it does what it was granted.

    That may be to make passwords or delete databases.
    """
    return NOTHING_MORE if is_drawn(value) else None
