"""Slack: access and refresh tokens for the manifests of apps, and rotated tokens."""

from random import Random

from hullmark.checks.declare import REVOKE, secret
from hullmark.checks.drawing import assigned, text, unlike
from hullmark.checks.kinds import NOTHING_MORE, Claim
from hullmark.checks.proofs import is_drawn


def _token(random: Random) -> str:
    return random.choice((f"xoxe.xoxp-1-{text(random, 166)}", f"xoxe-1-{text(random, 147)}"))


@secret(
    id="slack-config-token",
    title="Slack configuration token",
    pattern=r"\b(xoxe(?:\.xox[bp])?-[0-9]-[0-9A-Za-z]{130,180})\b",
    anchor=r"xoxe(?:\.xox[bp])?-[0-9]-[0-9A-Za-z]{130}",
    max_chars=194,
    keywords=("xoxe",),
    binary=True,
    remediation=f"{REVOKE}: Your apps, Your App Configuration Tokens.",
    references=("https://docs.slack.dev/authentication/rotating-and-refreshing-tokens",),
    bad=lambda random: assigned(random, "slack", _token(random)),
    good=lambda random: assigned(random, "slack", unlike(random, "xoxe-1-", 140)),
)
def slack_config_token(value: str) -> Claim | None:
    """Whoever holds it changes what the apps of its owner may do.

    A refresh token renews access until it is revoked.
    """
    return NOTHING_MORE if is_drawn(value) else None
