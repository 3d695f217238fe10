"""Zendesk: API tokens and secrets of OAuth clients."""

from random import Random

from hullmark.checks.declare import REVOKE, secret
from hullmark.checks.drawing import given, misfit, text
from hullmark.checks.forms import named
from hullmark.checks.kinds import NOTHING_MORE, Claim
from hullmark.checks.proofs import is_drawn

NAMES = (
    "ZENDESK_API_TOKEN",
    "zendesk.token",
    "zendeskSecretKey",
)


def _token(random: Random) -> str:
    return text(random, 40)


@secret(
    id="zendesk-api-token",
    title="Zendesk API token",
    **named("zendesk", value=r"(?:[0-9A-Za-z]{40}|[0-9a-f]{64})", chars=64),
    entropy=3.5,
    remediation=f"{REVOKE}: the Admin Center, APIs.",
    references=("https://developer.zendesk.com/api-reference/introduction/security-and-auth/",),
    bad=lambda random: given(random, NAMES, _token(random)),
    good=lambda random: given(random, NAMES, misfit(random, 36)),
)
def zendesk_api_token(value: str) -> Claim | None:
    """Together with an agent's address it reads and changes all tickets and users."""
    return NOTHING_MORE if is_drawn(value) else None
