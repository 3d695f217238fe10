"""Brevo (once Sendinblue): keys of the API and of SMTP."""

from random import Random

from hullmark.checks.declare import REVOKE, secret
from hullmark.checks.drawing import HEX, assigned, text, unlike
from hullmark.checks.kinds import NOTHING_MORE, Claim
from hullmark.checks.proofs import is_drawn


def _token(random: Random) -> str:
    return f"{random.choice(('xkeysib', 'xsmtpsib'))}-{text(random, 64, HEX)}-{text(random, 16)}"


@secret(
    id="brevo-api-key",
    title="Brevo API key",
    pattern=r"\b(x(?:key|smtp)sib-[0-9a-f]{64}-[0-9A-Za-z]{16})\b",
    anchor=r"x(?:key|smtp)sib-[0-9a-f]{64}-[0-9A-Za-z]{16}",
    max_chars=92,
    keywords=(
        "xkeysib-",
        "xsmtpsib-",
    ),
    binary=True,
    remediation=f"{REVOKE}: Settings, SMTP & API.",
    references=("https://developers.brevo.com/docs/getting-started",),
    bad=lambda random: assigned(random, "brevo", _token(random)),
    good=lambda random: assigned(random, "brevo", unlike(random, "xkeysib-", 64, HEX)),
)
def brevo_api_key(value: str) -> Claim | None:
    """Whoever holds it sends mail and messages in the sender's name and reads all contacts."""
    return NOTHING_MORE if is_drawn(value) else None
