"""PagerDuty: API keys of accounts and users."""

from random import Random

from hullmark.checks.declare import REVOKE, secret
from hullmark.checks.drawing import given, misfit, text
from hullmark.checks.forms import named
from hullmark.checks.kinds import NOTHING_MORE, Claim
from hullmark.checks.proofs import is_drawn

NAMES = (
    "PAGERDUTY_API_KEY",
    "pagerduty.token",
    "pagerdutyToken",
)


def _token(random: Random) -> str:
    return f"u+{text(random, 17)}9"


@secret(
    id="pagerduty-api-key",
    title="PagerDuty API key",
    **named(
        "pagerduty",
        "pd_api",
        value=r"(?:u\+[0-9A-Za-z_+-]{18}|[0-9A-Za-z_-]{20})",
        chars=20,
        words="key|token",
        end=r"(?:[^0-9A-Za-z_+-]|$)",
    ),
    entropy=3.5,
    remediation=f"{REVOKE}: Integrations, API Access Keys.",
    references=("https://support.pagerduty.com/main/docs/api-access-keys",),
    bad=lambda random: given(random, NAMES, _token(random)),
    good=lambda random: given(random, NAMES, misfit(random, 20)),
)
def pagerduty_api_key(value: str) -> Claim | None:
    """Whoever holds it reads incidents and who is on call. One that writes silences them."""
    if value.lower() == value or value.upper() == value or not any(map(str.isdigit, value)):
        return None
    return NOTHING_MORE if is_drawn(value) else None
