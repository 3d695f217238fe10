"""New Relic: keys that send events, and keys that query them."""

from random import Random

from hullmark.checks.declare import REVOKE, secret
from hullmark.checks.drawing import BASE64URL, assigned, text, unlike
from hullmark.checks.kinds import NOTHING_MORE, Claim
from hullmark.checks.proofs import is_drawn
from hullmark.model import Severity


def _token(random: Random) -> str:
    prefix = random.choice(("NRII-", "NRIQ-"))
    return f"{prefix}{text(random, 32, BASE64URL)}"


@secret(
    id="newrelic-insert-key",
    title="New Relic insert key",
    severity=Severity.MEDIUM,
    pattern=r"\b((?:NRII-|NRIQ-)[0-9A-Za-z_-]{32})(?:[^0-9A-Za-z_-]|$)",
    anchor=r"(?:NRII-|NRIQ-)[0-9A-Za-z_-]{32}",
    max_chars=39,
    keywords=(
        "NRII-",
        "NRIQ-",
    ),
    binary=True,
    remediation=f"{REVOKE}: Insights API keys.",
    references=("https://docs.newrelic.com/docs/apis/intro-apis/new-relic-api-keys/",),
    bad=lambda random: assigned(random, "newrelic", _token(random)),
    good=lambda random: assigned(random, "newrelic", unlike(random, "NRII-", 32, BASE64URL)),
)
def newrelic_insert_key(value: str) -> Claim | None:
    """Whoever holds it sends made-up events to the account, or queries those that are there."""
    return NOTHING_MORE if is_drawn(value) else None
