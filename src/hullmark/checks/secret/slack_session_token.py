"""Slack: tokens of the web client, and of workspaces in the legacy form."""

from random import Random

from hullmark.checks.declare import REVOKE, secret
from hullmark.checks.drawing import HEX, assigned, number, text, unlike
from hullmark.checks.kinds import NOTHING_MORE, Claim
from hullmark.checks.proofs import is_drawn


def _token(random: Random) -> str:
    numbers = "-".join(number(random, 12) for _ in range(3))
    kind, size = random.choice((("xoxc", 64), ("xoxs", 32)))
    return f"{kind}-{numbers}-{text(random, size, HEX)}"


@secret(
    id="slack-session-token",
    title="Slack session token",
    pattern=r"\b(xox[cs]-(?:[0-9]{9,14}-){3}(?:[0-9a-f]{64}|[0-9a-f]{32}))\b",
    anchor=r"xox[cs]-[0-9]{9,14}-[0-9]{9,14}-[0-9]{9,14}-[0-9a-f]{32}",
    max_chars=118,
    keywords=(
        "xoxc-",
        "xoxs-",
    ),
    binary=True,
    remediation=f"{REVOKE}: sign the member out of all sessions.",
    references=("https://docs.slack.dev/authentication/tokens",),
    bad=lambda random: assigned(random, "slack", _token(random)),
    good=lambda random: assigned(random, "slack", unlike(random, "xoxs-", 32)),
)
def slack_session_token(value: str) -> Claim | None:
    """Whoever holds it is signed in as the member, together with the browser's cookie.

    It sees whatever that person sees.
    """
    return NOTHING_MORE if is_drawn(value) else None
