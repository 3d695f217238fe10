"""Discord: secrets of applications that log users in."""

from hullmark.checks.declare import secret
from hullmark.checks.drawing import BASE64URL, given, misfit, text
from hullmark.checks.forms import named
from hullmark.checks.kinds import NOTHING_MORE, Claim
from hullmark.checks.proofs import is_drawn


@secret(
    id="discord-client-secret",
    title="Discord client secret",
    **named("discord", words="client[_-]?secret", value=r"[A-Za-z0-9_-]{32}", chars=32),
    entropy=3.8,
    remediation="Reset it in the developer portal.",
    references=("https://discord.com/developers/docs/topics/oauth2",),
    bad=lambda random: given(
        random, ("DISCORD_CLIENT_SECRET", "discord_client_secret"), text(random, 32, BASE64URL)
    ),
    good=lambda random: given(
        random, ("DISCORD_CLIENT_SECRET", "discord_client_secret"), misfit(random, 32, BASE64URL)
    ),
)
def discord_client_secret(value: str) -> Claim | None:
    """Whoever reads it trades codes for tokens of the application's users."""
    return NOTHING_MORE if is_drawn(value) else None
