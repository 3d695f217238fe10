"""Zulip: API keys of people and of bots."""

from random import Random

from hullmark.checks.declare import REVOKE, secret
from hullmark.checks.drawing import given, misfit, text
from hullmark.checks.forms import named
from hullmark.checks.kinds import NOTHING_MORE, Claim
from hullmark.checks.proofs import is_drawn

NAMES = (
    "ZULIP_API_KEY",
    "zulip.key",
    "zulipBotKey",
)


def _token(random: Random) -> str:
    return text(random, 32)


@secret(
    id="zulip-api-key",
    title="Zulip API key",
    **named("zulip", value=r"[0-9A-Za-z]{32}", chars=32, words="key|token"),
    entropy=3.8,
    remediation=f"{REVOKE}: Settings, Account & privacy, API key.",
    references=("https://zulip.com/api/api-keys",),
    bad=lambda random: given(random, NAMES, _token(random)),
    good=lambda random: given(random, NAMES, misfit(random, 32)),
)
def zulip_api_key(value: str) -> Claim | None:
    """Whoever holds it reads and writes in the person's or the bot's name."""
    if value.islower() or value.isupper() or not any(map(str.isdigit, value)):
        return None
    return NOTHING_MORE if is_drawn(value) else None
