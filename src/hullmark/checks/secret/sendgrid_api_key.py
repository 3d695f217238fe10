"""SendGrid: API keys."""

from random import Random

from hullmark.checks.declare import REVOKE, secret
from hullmark.checks.drawing import assigned, text, unlike
from hullmark.checks.kinds import NOTHING_MORE, Claim
from hullmark.checks.proofs import is_drawn


def _token(random: Random) -> str:
    return f"SG.{text(random, 22)}.{text(random, 43)}"


@secret(
    id="sendgrid-api-key",
    title="SendGrid API key",
    pattern=r"\b(SG\.[0-9A-Za-z_-]{22}\.[0-9A-Za-z_-]{43})(?:[^0-9A-Za-z_-]|$)",
    anchor=r"SG\.[0-9A-Za-z_-]{22}\.[0-9A-Za-z_-]{43}",
    max_chars=70,
    keywords=("SG.",),
    binary=True,
    remediation=f"{REVOKE}: Settings, API Keys.",
    references=("https://www.twilio.com/docs/sendgrid/ui/account-and-settings/api-keys",),
    bad=lambda random: assigned(random, "sendgrid", _token(random)),
    good=lambda random: assigned(random, "sendgrid", unlike(random, "SG.", 66)),
)
def sendgrid_api_key(value: str) -> Claim | None:
    """Whoever holds it sends mail that passes every check of its origin.

    It may read the lists of recipients too.
    """
    return NOTHING_MORE if is_drawn(value) else None
