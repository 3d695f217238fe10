"""Mailgun: private keys of the older form."""

from random import Random

from hullmark.checks.declare import REVOKE, secret
from hullmark.checks.drawing import HEX, assigned, text, unlike
from hullmark.checks.kinds import NOTHING_MORE, Claim
from hullmark.checks.proofs import is_drawn


def _token(random: Random) -> str:
    return f"key-{text(random, 32, HEX)}"


@secret(
    id="mailgun-api-key",
    title="Mailgun API key",
    pattern=r"\b(key-[0-9a-f]{32})\b",
    anchor=r"key-[0-9a-f]{32}",
    max_chars=36,
    keywords=("key-",),
    entropy=3.0,
    remediation=f"{REVOKE}: API Security.",
    references=(
        "https://documentation.mailgun.com/docs/mailgun/user-manual/api-key-mgmt/rbac-mgmt",
    ),
    bad=lambda random: assigned(random, "mailgun", _token(random)),
    good=lambda random: assigned(random, "mailgun", unlike(random, "key-", 32, HEX)),
)
def mailgun_api_key(value: str) -> Claim | None:
    """Whoever holds it sends mail in the domain's name and reads the log of what was sent."""
    return NOTHING_MORE if is_drawn(value) else None
