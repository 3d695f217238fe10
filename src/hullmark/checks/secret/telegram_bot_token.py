"""Telegram: tokens of bots, which begin with the bot's number."""

from random import Random

from hullmark.checks.declare import REVOKE, secret
from hullmark.checks.drawing import assigned, text, unlike
from hullmark.checks.kinds import Claim
from hullmark.checks.proofs import is_drawn


def _token(random: Random) -> str:
    return f"{random.randrange(10**8, 10**10)}:AA{text(random, 33)}"


@secret(
    id="telegram-bot-token",
    title="Telegram bot token",
    pattern=r"(?:\b|bot)([0-9]{8,10}:AA[0-9A-Za-z_-]{33})(?:[^0-9A-Za-z_-]|$)",
    anchor=r"[0-9]{8}:AA[0-9A-Za-z_-]{33}",
    max_chars=52,
    keywords=(":AA",),
    path="bot/.env",
    remediation=f"{REVOKE}: @BotFather, /revoke.",
    references=("https://core.telegram.org/bots/api#authorizing-your-bot",),
    bad=lambda random: assigned(random, "telegram", _token(random)),
    good=lambda random: assigned(random, "telegram", unlike(random, "1234:AA", 30)),
)
def telegram_bot_token(value: str) -> Claim | None:
    """Whoever holds it is the bot.

    They read what is sent to it and write to everybody who ever started it.
    """
    return Claim(says=f"of the bot {value.partition(':')[0]}") if is_drawn(value[11:]) else None
