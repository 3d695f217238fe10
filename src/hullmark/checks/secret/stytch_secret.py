"""Stytch: secrets of projects."""

from random import Random

from hullmark.checks.declare import REVOKE, secret
from hullmark.checks.drawing import BASE64URL, assigned, text, unlike
from hullmark.checks.kinds import NOTHING_MORE, Claim
from hullmark.checks.proofs import is_drawn
from hullmark.model import Severity


def _token(random: Random) -> str:
    return f"secret-{random.choice(('live', 'test'))}-{text(random, 36, BASE64URL)}"


@secret(
    id="stytch-secret",
    title="Stytch secret",
    severity=Severity.CRITICAL,
    pattern=r"\b(secret-(?:live|test)-[0-9A-Za-z_-]{35}[0-9A-Za-z_=-])(?:[^0-9A-Za-z_=-]|$)",
    anchor=r"secret-(?:live|test)-[0-9A-Za-z_-]{35}",
    max_chars=52,
    keywords=(
        "secret-live-",
        "secret-test-",
    ),
    entropy=3.8,
    remediation=f"{REVOKE}: the dashboard, API keys.",
    references=("https://stytch.com/docs/api/api-keys",),
    bad=lambda random: assigned(random, "stytch", _token(random)),
    good=lambda random: assigned(random, "stytch", unlike(random, "secret-live-", 36)),
)
def stytch_secret(value: str) -> Claim | None:
    """Whoever holds it signs in as any user of the project. One of test mode does nothing real."""
    if not is_drawn(value):
        return None
    if value.startswith("secret-test-"):
        return Claim(says="test mode", severity=Severity.LOW)
    return NOTHING_MORE
