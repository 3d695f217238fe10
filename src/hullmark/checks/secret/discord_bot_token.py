"""Discord: tokens of bots, whose first part is the bot's number in base 64."""

from binascii import b2a_base64
from random import Random

from hullmark.checks.declare import REVOKE, secret
from hullmark.checks.drawing import BASE64URL, HEX, assigned, text
from hullmark.checks.forms import near
from hullmark.checks.kinds import Claim
from hullmark.checks.proofs import base64_bytes

MIN_DIGITS, MAX_DIGITS = 17, 20
"""Of the numbers that Discord gives to users."""


def _token(random: Random) -> str:
    user = str(random.randrange(10**17, 10**18 * 12 // 10))
    head = b2a_base64(user.encode(), newline=False).decode().rstrip("=")
    return f"{head}.{text(random, 6, BASE64URL)}.{text(random, 38, BASE64URL[:62])}"


def _lookalike(random: Random) -> str:
    token = _token(random)
    return random.choice(
        (
            f"M{text(random, 23)}.{text(random, 6)}.{text(random, 27)}",
            token[:30],
            f"{text(random, 24, HEX)}.{text(random, 6)}.{text(random, 38)}",
            "${DISCORD_TOKEN}",
            "your-bot-token",
        )
    )


@secret(
    id="discord-bot-token",
    title="Discord bot token",
    **near(
        *("discord", "DISCORD", "Discord", "BOT_TOKEN", "bot_token", "botToken", "Bot "),
        *("bot.run(", "client.run(", "bot.login(", "client.login("),
        value=r"(?:[MNO][DTjz][AEIMQUYcgk][w-z0-5]){5}[0-9A-Za-z]{3,7}\.[0-9A-Za-z_-]{6}\.[0-9A-Za-z_-]{27,38}",
        chars=80,
    ),
    path="bot/.env",
    remediation=f"{REVOKE}: the developer portal, Bot, Reset Token.",
    references=("https://docs.discord.com/developers/reference#authentication",),
    bad=lambda random: assigned(random, "discord", _token(random)),
    good=lambda random: assigned(random, "discord", _lookalike(random)),
)
def discord_bot_token(value: str) -> Claim | None:
    """Whoever holds it is the bot.

    They read its channels, write in its name and do what its role allows, up to deleting the
    server's content. The number of the bot in it must be one.
    """
    user = base64_bytes(value.partition(".")[0]) or b""
    if not user.isdigit() or not MIN_DIGITS <= len(user) <= MAX_DIGITS:
        return None
    return Claim(says=f"of the bot {user.decode()}")
