"""New Relic: keys of the browser's agent, which pages show anyway."""

from random import Random

from hullmark.checks.declare import REVOKE, secret
from hullmark.checks.drawing import HEX, assigned, text, unlike
from hullmark.checks.kinds import NOTHING_MORE, Claim
from hullmark.checks.proofs import is_drawn
from hullmark.model import Severity


def _token(random: Random) -> str:
    return f"NRJS-{text(random, 19, HEX)}"


@secret(
    id="newrelic-browser-key",
    title="New Relic browser key",
    severity=Severity.LOW,
    pattern=r"\b(NRJS-[0-9a-f]{19})(?:[^0-9A-Za-z_-]|$)",
    anchor=r"NRJS-[0-9a-f]{19}",
    max_chars=26,
    keywords=("NRJS-",),
    entropy=2.8,
    remediation=f"{REVOKE}: the user menu, API keys.",
    references=("https://docs.newrelic.com/docs/apis/intro-apis/new-relic-api-keys/",),
    bad=lambda random: assigned(random, "newrelic", _token(random)),
    good=lambda random: assigned(random, "newrelic", unlike(random, "NRJS-", 19, HEX)),
)
def newrelic_browser_key(value: str) -> Claim | None:
    """It is made to be seen in pages. Whoever holds it sends made-up measurements."""
    return NOTHING_MORE if is_drawn(value) else None
