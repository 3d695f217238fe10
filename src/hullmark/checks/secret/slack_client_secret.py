"""Slack: secrets of apps."""

from hullmark.checks.declare import secret
from hullmark.checks.drawing import HEX, given, misfit, text
from hullmark.checks.forms import named
from hullmark.checks.kinds import NOTHING_MORE, Claim
from hullmark.checks.proofs import is_drawn


@secret(
    id="slack-client-secret",
    title="Slack client or signing secret",
    **named("slack", words="client[_-]?secret|signing[_-]?secret", value=r"[0-9a-f]{32}", chars=32),
    entropy=3.0,
    remediation="Regenerate it on the page of the app.",
    references=("https://docs.slack.dev/authentication/verifying-requests-from-slack/",),
    bad=lambda random: given(
        random,
        ("SLACK_CLIENT_SECRET", "SLACK_SIGNING_SECRET", "slack_signing_secret"),
        text(random, 32, HEX),
    ),
    good=lambda random: given(
        random,
        ("SLACK_CLIENT_SECRET", "SLACK_SIGNING_SECRET", "slack_signing_secret"),
        misfit(random, 32, HEX),
    ),
)
def slack_client_secret(value: str) -> Claim | None:
    """Whoever reads it forges requests of Slack's, or installs the app in its name."""
    return NOTHING_MORE if is_drawn(value) else None
