"""Square: secrets of applications."""

from random import Random

from hullmark.checks.declare import REVOKE, secret
from hullmark.checks.drawing import BASE64URL, assigned, text, unlike
from hullmark.checks.kinds import NOTHING_MORE, Claim
from hullmark.checks.proofs import is_drawn
from hullmark.model import Severity


def _token(random: Random) -> str:
    prefix = random.choice(("sq0csp-", "sq0csb-"))
    return f"{prefix}{text(random, 43, BASE64URL)}"


@secret(
    id="square-application-secret",
    title="Square application secret",
    severity=Severity.CRITICAL,
    pattern=r"\b((?:sq0csp-|sq0csb-)[0-9A-Za-z_-]{43})(?:[^0-9A-Za-z_-]|$)",
    anchor=r"(?:sq0csp-|sq0csb-)[0-9A-Za-z_-]{43}",
    max_chars=52,
    keywords=(
        "sq0csp-",
        "sq0csb-",
    ),
    binary=True,
    remediation=f"{REVOKE}: the Developer Console, OAuth.",
    references=("https://developer.squareup.com/docs/oauth-api/overview",),
    bad=lambda random: assigned(random, "square", _token(random)),
    good=lambda random: assigned(random, "square", unlike(random, "sq0csp-", 43, BASE64URL)),
)
def square_application_secret(value: str) -> Claim | None:
    """Whoever holds it asks for tokens of every seller that uses the application.

    One of the sandbox does nothing real.
    """
    if not is_drawn(value):
        return None
    if value.startswith("sq0csb"):
        return Claim(says="test mode", severity=Severity.LOW)
    return NOTHING_MORE
