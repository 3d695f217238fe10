"""Mailgun: keys of accounts and of domains."""

from random import Random

from hullmark.checks.declare import REVOKE, secret
from hullmark.checks.drawing import HEX, given, text, uuid
from hullmark.checks.forms import named
from hullmark.checks.kinds import NOTHING_MORE, Claim
from hullmark.checks.proofs import is_drawn


def _token(random: Random) -> str:
    return f"{text(random, 32, HEX)}-{text(random, 8, HEX)}-{text(random, 8, HEX)}"


NAMES = (
    "MAILGUN_API_KEY",
    "mailgun.api-key",
    "mailgunKey",
)


def _lookalike(random: Random) -> str:
    token = _token(random)
    return random.choice(
        (
            uuid(random),
            token[:-1],
            "${MAILGUN_KEY}",
            text(random, 32, HEX),
        )
    )


@secret(
    id="mailgun-account-key",
    title="Mailgun account key",
    **named("mailgun", value="[0-9a-f]{32}-[0-9a-f]{8}-[0-9a-f]{8}", chars=50),
    entropy=3.0,
    remediation=f"{REVOKE}: API Security.",
    references=(
        "https://documentation.mailgun.com/docs/mailgun/user-manual/api-key-mgmt/rbac-mgmt",
    ),
    bad=lambda random: given(random, NAMES, _token(random)),
    good=lambda random: given(random, NAMES, _lookalike(random)),
)
def mailgun_account_key(value: str) -> Claim | None:
    """Whoever holds it sends mail in the names of the account's domains.

    It reads what is stored there too.
    """
    return NOTHING_MORE if is_drawn(value) else None
