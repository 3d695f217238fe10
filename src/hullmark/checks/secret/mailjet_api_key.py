"""Mailjet: keys and their secrets, 32 hexadecimal digits each."""

from random import Random

from hullmark.checks.declare import REVOKE, secret
from hullmark.checks.drawing import HEX, given, misfit, text
from hullmark.checks.forms import named
from hullmark.checks.kinds import NOTHING_MORE, Claim
from hullmark.checks.proofs import is_drawn


def _token(random: Random) -> str:
    return text(random, 32, HEX)


NAMES = (
    "MAILJET_API_KEY",
    "mailjet_secret_key",
    "MJ_APIKEY_PRIVATE",
)


@secret(
    id="mailjet-api-key",
    title="Mailjet API key",
    **named(
        "mailjet", "mj_apikey", value="[0-9a-f]{32}", chars=32, words="key|secret|public|private"
    ),
    entropy=3.0,
    remediation=f"{REVOKE}: Account settings, API Key Management.",
    references=("https://dev.mailjet.com/email/guides/getting-started/",),
    bad=lambda random: given(random, NAMES, _token(random)),
    good=lambda random: given(random, NAMES, misfit(random, 32, HEX)),
)
def mailjet_api_key(value: str) -> Claim | None:
    """A key and its secret together send mail in the sender's name and read the contacts."""
    return NOTHING_MORE if is_drawn(value) else None
