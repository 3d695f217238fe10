"""Mailchimp: API keys, which end in the name of their data centre."""

from random import Random

from hullmark.checks.declare import REVOKE, secret
from hullmark.checks.drawing import HEX, assigned, text, uuid
from hullmark.checks.kinds import NOTHING_MORE, Claim
from hullmark.checks.proofs import is_drawn


def _token(random: Random) -> str:
    return f"{text(random, 32, HEX)}-us{random.randrange(1, 22)}"


def _lookalike(random: Random) -> str:
    return random.choice(
        (
            f"{text(random, 32, HEX)}-eu1",
            f"{text(random, 20, HEX)}-us5",
            f"{text(random, 32, HEX)}-use",
            "${MAILCHIMP_KEY}",
            uuid(random),
        )
    )


@secret(
    id="mailchimp-api-key",
    title="Mailchimp API key",
    pattern=r"\b([0-9a-f]{32}-us[0-9]{1,2})\b",
    anchor=r"[0-9a-f]{32}-us[0-9]",
    max_chars=40,
    keywords=("-us",),
    entropy=3.0,
    remediation=f"{REVOKE}: Profile, Extras, API keys.",
    references=("https://mailchimp.com/help/about-api-keys/",),
    bad=lambda random: assigned(random, "mailchimp", _token(random)),
    good=lambda random: assigned(random, "mailchimp", _lookalike(random)),
)
def mailchimp_api_key(value: str) -> Claim | None:
    """Whoever holds it reads the subscribers of all lists and mails them in the sender's name."""
    return NOTHING_MORE if is_drawn(value) else None
