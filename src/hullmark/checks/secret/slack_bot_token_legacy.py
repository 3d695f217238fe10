"""Slack: tokens of bots made before 2017, without a workspace in them."""

from random import Random

from hullmark.checks.declare import REVOKE, secret
from hullmark.checks.drawing import assigned, number, text, unlike
from hullmark.checks.kinds import NOTHING_MORE, Claim
from hullmark.checks.proofs import is_drawn


def _token(random: Random) -> str:
    return f"xoxb-{number(random, 11)}-{text(random, 24)}"


@secret(
    id="slack-bot-token-legacy",
    title="Slack bot token of the older form",
    pattern=r"\b(xoxb-[0-9]{8,14}-[0-9A-Za-z]{24})(?:[^0-9A-Za-z-]|$)",
    anchor=r"xoxb-[0-9]{8,14}-[0-9A-Za-z]{24}",
    max_chars=48,
    keywords=("xoxb-",),
    remediation=f"{REVOKE}: Your apps, Legacy custom integrations.",
    references=(
        "https://docs.slack.dev/legacy/legacy-custom-integrations/legacy-custom-integrations-tokens",
    ),
    bad=lambda random: assigned(random, "slack", _token(random)),
    good=lambda random: assigned(random, "slack", unlike(random, "xoxb-123-", 24)),
)
def slack_bot_token_legacy(value: str) -> Claim | None:
    """Whoever holds it acts as the bot: it reads its channels and posts to them."""
    return NOTHING_MORE if is_drawn(value) else None
