"""Slack: tokens of bots."""

from random import Random

from hullmark.checks.declare import REVOKE, secret
from hullmark.checks.drawing import assigned, number, text, unlike
from hullmark.checks.kinds import NOTHING_MORE, Claim
from hullmark.checks.proofs import is_drawn


def _token(random: Random) -> str:
    return f"xoxb-{number(random, 12)}-{number(random, 12)}-{text(random, 24)}"


@secret(
    id="slack-bot-token",
    title="Slack bot token",
    pattern=r"\b(xoxb-[0-9]{9,14}-[0-9]{9,14}-[0-9A-Za-z]{24})\b",
    anchor=r"xoxb-[0-9]{9,14}-[0-9]{9,14}-[0-9A-Za-z]{24}",
    max_chars=60,
    keywords=("xoxb-",),
    binary=True,
    remediation=f"{REVOKE}: Your apps, OAuth & Permissions, Revoke tokens.",
    references=("https://docs.slack.dev/authentication/tokens",),
    bad=lambda random: assigned(random, "slack", _token(random)),
    good=lambda random: assigned(random, "slack", unlike(random, "xoxb-123-", 24)),
)
def slack_bot_token(value: str) -> Claim | None:
    """Whoever holds it acts as the bot.

    It reads the channels that the bot is in and posts to them under a name people trust.
    """
    return NOTHING_MORE if is_drawn(value) else None
