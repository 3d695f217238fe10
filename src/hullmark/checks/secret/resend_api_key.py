"""Resend: API keys."""

from random import Random

from hullmark.checks.declare import REVOKE, secret
from hullmark.checks.drawing import assigned, text, unlike
from hullmark.checks.kinds import NOTHING_MORE, Claim
from hullmark.checks.proofs import is_drawn


def _token(random: Random) -> str:
    return f"re_{text(random, 8)}_{text(random, 24)}"


@secret(
    id="resend-api-key",
    title="Resend API key",
    pattern=r"\b(re_[0-9A-Za-z]{7,9}_[0-9A-Za-z]{24})\b",
    anchor=r"re_[0-9A-Za-z]{7,9}_[0-9A-Za-z]{24}",
    max_chars=40,
    keywords=("re_",),
    entropy=3.5,
    remediation=f"{REVOKE}: the dashboard, API Keys.",
    references=("https://resend.com/docs/dashboard/api-keys/introduction",),
    bad=lambda random: assigned(random, "resend", _token(random)),
    good=lambda random: assigned(random, "resend", unlike(random, "re_", 30)),
)
def resend_api_key(value: str) -> Claim | None:
    """Whoever holds it sends mail in the names of the account's domains."""
    if value.islower() or not any(map(str.isdigit, value)):
        return None
    return NOTHING_MORE if is_drawn(value) else None
