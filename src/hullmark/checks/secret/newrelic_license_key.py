"""New Relic: keys by which agents send, of 40 characters."""

from random import Random

from hullmark.checks.declare import REVOKE, secret
from hullmark.checks.drawing import HEX, assigned, text
from hullmark.checks.kinds import NOTHING_MORE, Claim
from hullmark.checks.proofs import is_drawn
from hullmark.model import Severity


def _token(random: Random) -> str:
    return f"{random.choice(('eu01xx', 'gov01x', text(random, 6, HEX)))}{text(random, 30, HEX)}NRAL"


def _lookalike(random: Random) -> str:
    token = _token(random)
    return random.choice(
        (
            token[1:],
            text(random, 40, HEX),
            f"{token[:-4]}ABCD",
            "${NEW_RELIC_LICENSE_KEY}",
        )
    )


@secret(
    id="newrelic-license-key",
    title="New Relic license key",
    severity=Severity.MEDIUM,
    pattern=r"\b([0-9a-z]{6}[0-9a-f]{30}NRAL)\b",
    anchor="NRAL",
    max_chars=42,
    keywords=("NRAL",),
    entropy=3.0,
    remediation=f"{REVOKE}: the user menu, API keys.",
    references=("https://docs.newrelic.com/docs/apis/intro-apis/new-relic-api-keys/",),
    bad=lambda random: assigned(random, "newrelic", _token(random)),
    good=lambda random: assigned(random, "newrelic", _lookalike(random)),
)
def newrelic_license_key(value: str) -> Claim | None:
    """Whoever holds it sends made-up measurements and logs at the account's cost."""
    return NOTHING_MORE if is_drawn(value) else None
