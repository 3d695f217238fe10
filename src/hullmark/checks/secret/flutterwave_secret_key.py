"""Flutterwave: secret keys."""

from random import Random

from hullmark.checks.declare import REVOKE, secret
from hullmark.checks.drawing import HEX, assigned, text, unlike
from hullmark.checks.kinds import NOTHING_MORE, Claim
from hullmark.checks.proofs import is_drawn
from hullmark.model import Severity


def _token(random: Random) -> str:
    return f"FLWSECK{random.choice(('', '_TEST'))}-{text(random, 32, HEX)}-X"


@secret(
    id="flutterwave-secret-key",
    title="Flutterwave secret key",
    severity=Severity.CRITICAL,
    pattern=r"\b(FLWSECK(?:_TEST)?-[0-9A-Za-z]{32}(?:-[0-9a-z]{11}vt)?-X)\b",
    anchor=r"FLWSECK(?:_TEST)?-[0-9A-Za-z]{32}",
    max_chars=66,
    keywords=("FLWSECK",),
    binary=True,
    remediation=f"{REVOKE}: Settings, API keys.",
    references=("https://developer.flutterwave.com/docs/authentication",),
    bad=lambda random: assigned(random, "flutterwave", _token(random)),
    good=lambda random: assigned(random, "flutterwave", unlike(random, "FLWSECK-", 32, HEX)),
)
def flutterwave_secret_key(value: str) -> Claim | None:
    """Whoever holds it moves money: they charge customers, refund and pay out.

    One of test mode does nothing real.
    """
    if not is_drawn(value):
        return None
    if "_TEST" in value:
        return Claim(says="test mode", severity=Severity.LOW)
    return NOTHING_MORE
