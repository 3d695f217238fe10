"""Slack: addresses that post messages."""

from random import Random

from hullmark.checks.declare import REVOKE, secret
from hullmark.checks.drawing import UPPER, text
from hullmark.checks.kinds import NOTHING_MORE, Claim
from hullmark.checks.proofs import is_drawn
from hullmark.model import Severity


def _token(random: Random) -> str:
    team, bot = f"T{text(random, 10, UPPER)}", f"B{text(random, 10, UPPER)}"
    return f"hooks.slack.com/services/{team}/{bot}/{text(random, 24)}"


@secret(
    id="slack-webhook",
    title="Slack incoming webhook",
    severity=Severity.MEDIUM,
    pattern=r"hooks\.slack(?:-gov)?\.com/(services/T[0-9A-Z]{8,12}/B[0-9A-Z]{8,12}/[0-9A-Za-z]{24})\b",
    anchor=r"hooks\.slack(?:-gov)?\.com/services/T[0-9A-Z]{8,12}/B[0-9A-Z]{8,12}/[0-9A-Za-z]{24}",
    max_chars=90,
    keywords=("hooks.slack",),
    binary=True,
    path="etc/alertmanager/alertmanager.yml",
    remediation=f"{REVOKE}: Your apps, Incoming Webhooks.",
    references=("https://docs.slack.dev/messaging/sending-messages-using-incoming-webhooks",),
    bad=lambda random: f'url = "https://{_token(random)}"',
    good=lambda random: (
        "https://hooks.slack.com/services/"
        + random.choice(
            (
                "T00000000/B00000000/XXXXXXXXXXXXXXXXXXXXXXXX",
                f"T{text(random, 9, UPPER)}",
                "${SLACK_PATH}",
                f"T{text(random, 10, UPPER)}/B{text(random, 10, UPPER)}/{text(random, 12)}",
            )
        )
    ),
)
def slack_webhook(value: str) -> Claim | None:
    """Whoever holds it posts to the channel in the integration's name.

    Colleagues trust the links in it.
    """
    return NOTHING_MORE if is_drawn(value) else None
