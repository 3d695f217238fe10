"""Discord: addresses that post messages."""

from random import Random

from hullmark.checks.declare import REVOKE, secret
from hullmark.checks.drawing import number, text
from hullmark.checks.kinds import NOTHING_MORE, Claim
from hullmark.checks.proofs import is_drawn
from hullmark.model import Severity


def _token(random: Random) -> str:
    host = random.choice(("discord.com", "discordapp.com"))
    return f"{host}/api/webhooks/{number(random, 19)}/{text(random, 68)}"


@secret(
    id="discord-webhook",
    title="Discord webhook",
    severity=Severity.MEDIUM,
    pattern=r"discord(?:app)?\.com/api/(?:v[0-9]{1,2}/)?webhooks/([0-9]{17,20}/[0-9A-Za-z_-]{60,68})(?:[^0-9A-Za-z_-]|$)",
    anchor=r"discord(?:app)?\.com/api/(?:v[0-9]{1,2}/)?webhooks/[0-9]{17,20}/[0-9A-Za-z_-]{60}",
    max_chars=128,
    keywords=("discord",),
    binary=True,
    path="app/config.yml",
    remediation=f"{REVOKE}: the channel's settings, Integrations, Webhooks.",
    references=("https://docs.discord.com/developers/resources/webhook",),
    bad=lambda random: f'webhook: "https://{_token(random)}"',
    good=lambda random: (
        "https://discord.com/api/webhooks/"
        + random.choice(
            (
                "123/abc",
                "${ID}/${TOKEN}",
                f"{random.randrange(10**18, 10**19)}/{text(random, 30)}",
                "{webhook.id}/{webhook.token}",
            )
        )
    ),
)
def discord_webhook(value: str) -> Claim | None:
    """Whoever holds it posts to the channel, mentions everybody there.

    They may delete the webhook too.
    """
    return NOTHING_MORE if is_drawn(value) else None
