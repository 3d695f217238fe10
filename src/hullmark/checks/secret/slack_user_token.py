"""Slack: tokens that act as a member."""

from random import Random

from hullmark.checks.declare import REVOKE, secret
from hullmark.checks.drawing import HEX, assigned, number, text, unlike
from hullmark.checks.kinds import NOTHING_MORE, Claim
from hullmark.checks.proofs import is_drawn
from hullmark.model import Severity


def _token(random: Random) -> str:
    numbers = "-".join(number(random, 12) for _ in range(3))
    return f"xoxp-{numbers}-{text(random, 32, HEX)}"


@secret(
    id="slack-user-token",
    title="Slack user token",
    severity=Severity.CRITICAL,
    pattern=r"\b(xox[pe]-(?:[0-9]{9,14}-){3}[0-9a-f]{28,34})\b",
    anchor=r"xox[pe]-[0-9]{9,14}-[0-9]{9,14}-[0-9]{9,14}-[0-9a-f]{28}",
    max_chars=90,
    keywords=(
        "xoxp-",
        "xoxe-",
    ),
    binary=True,
    remediation=f"{REVOKE}: Your apps, OAuth & Permissions, Revoke tokens.",
    references=("https://docs.slack.dev/authentication/tokens",),
    bad=lambda random: assigned(random, "slack", _token(random)),
    good=lambda random: assigned(random, "slack", unlike(random, "xoxp-", 32)),
)
def slack_user_token(value: str) -> Claim | None:
    """Whoever holds it acts as the member it was made for.

    It reads that person's messages and files and writes in the person's name.
    """
    return NOTHING_MORE if is_drawn(value) else None
