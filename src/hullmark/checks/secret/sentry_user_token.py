"""Sentry: tokens of users, their applications and integrations."""

from random import Random

from hullmark.checks.declare import REVOKE, secret
from hullmark.checks.drawing import HEX, assigned, text, unlike
from hullmark.checks.kinds import NOTHING_MORE, Claim
from hullmark.checks.proofs import is_drawn


def _token(random: Random) -> str:
    prefix = random.choice(("sntryu_", "sntrya_", "sntryi_"))
    return f"{prefix}{text(random, 64, HEX)}"


@secret(
    id="sentry-user-token",
    title="Sentry user token",
    pattern=r"\b((?:sntryu_|sntrya_|sntryi_)[0-9a-f]{64})(?:[^0-9A-Za-z_-]|$)",
    anchor=r"(?:sntryu_|sntrya_|sntryi_)[0-9a-f]{64}",
    max_chars=73,
    keywords=(
        "sntryu_",
        "sntrya_",
        "sntryi_",
    ),
    binary=True,
    remediation=f"{REVOKE}: User settings, Auth Tokens.",
    references=("https://docs.sentry.io/account/auth-tokens/",),
    bad=lambda random: assigned(random, "sentry", _token(random)),
    good=lambda random: assigned(random, "sentry", unlike(random, "sntryu_", 64, HEX)),
)
def sentry_user_token(value: str) -> Claim | None:
    """Whoever holds it reads what the account's systems report.

    They may change projects, as far as the token says.
    """
    return NOTHING_MORE if is_drawn(value) else None
