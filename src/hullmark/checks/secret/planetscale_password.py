"""PlanetScale: passwords of databases."""

from random import Random

from hullmark.checks.declare import REVOKE, secret
from hullmark.checks.drawing import BASE64URL, assigned, text, unlike
from hullmark.checks.kinds import NOTHING_MORE, Claim
from hullmark.checks.proofs import is_drawn
from hullmark.model import Severity


def _token(random: Random) -> str:
    return f"pscale_pw_{text(random, 32, BASE64URL)}"


@secret(
    id="planetscale-password",
    title="PlanetScale password",
    severity=Severity.CRITICAL,
    pattern=r"\b(pscale_pw_[0-9A-Za-z_-]{32,64})(?:[^0-9A-Za-z_-]|$)",
    anchor=r"pscale_pw_[0-9A-Za-z_-]{32}",
    max_chars=76,
    keywords=("pscale_pw_",),
    binary=True,
    remediation=f"{REVOKE}: the database's settings, Passwords.",
    references=("https://planetscale.com/docs/vitess/connecting/connection-strings",),
    bad=lambda random: assigned(random, "planetscale", _token(random)),
    good=lambda random: assigned(
        random, "planetscale", unlike(random, "pscale_pw_", 32, BASE64URL)
    ),
)
def planetscale_password(value: str) -> Claim | None:
    """Together with the user's name it reads and changes the database."""
    return NOTHING_MORE if is_drawn(value) else None
