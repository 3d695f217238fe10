"""Slack: tokens of an app across all its workspaces."""

from random import Random

from hullmark.checks.declare import REVOKE, secret
from hullmark.checks.drawing import HEX, UPPER, assigned, number, text, unlike
from hullmark.checks.kinds import NOTHING_MORE, Claim
from hullmark.checks.proofs import is_drawn


def _token(random: Random) -> str:
    return f"xapp-1-A{text(random, 10, UPPER)}-{number(random, 13)}-{text(random, 64, HEX)}"


@secret(
    id="slack-app-token",
    title="Slack app-level token",
    pattern=r"\b(xapp-[0-9]-A[0-9A-Z]{8,12}-[0-9]{10,14}-[0-9a-f]{64})\b",
    anchor=r"xapp-[0-9]-A[0-9A-Z]{8,12}-[0-9]{10,14}-[0-9a-f]{64}",
    max_chars=104,
    keywords=("xapp-",),
    binary=True,
    remediation=f"{REVOKE}: Your apps, Basic Information, App-Level Tokens.",
    references=("https://docs.slack.dev/authentication/tokens#app-level",),
    bad=lambda random: assigned(random, "slack", _token(random)),
    good=lambda random: assigned(random, "slack", unlike(random, "xapp-1-A", 60)),
)
def slack_app_token(value: str) -> Claim | None:
    """Whoever holds it opens the app's socket.

    It receives the events of every workspace that has the app.
    """
    return NOTHING_MORE if is_drawn(value) else None
