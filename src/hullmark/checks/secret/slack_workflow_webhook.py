"""Slack: addresses that start workflows."""

from random import Random

from hullmark.checks.declare import REVOKE, secret
from hullmark.checks.drawing import HEX, UPPER, number, text
from hullmark.checks.kinds import NOTHING_MORE, Claim
from hullmark.checks.proofs import is_drawn
from hullmark.model import Severity


def _token(random: Random) -> str:
    kind = random.choice(("workflows", "triggers"))
    team, flow = f"T{text(random, 10, UPPER)}", number(random, 13)
    return f"hooks.slack.com/{kind}/{team}/{flow}/{text(random, 32, HEX)}"


@secret(
    id="slack-workflow-webhook",
    title="Slack workflow webhook",
    severity=Severity.MEDIUM,
    pattern=r"hooks\.slack\.com/((?:workflows|triggers)/[TE][0-9A-Z]{8,12}/(?:A[0-9A-Z]{8,12}/)?[0-9]{12,20}/[0-9A-Za-z]{24,32})\b",
    anchor=r"hooks\.slack\.com/(?:workflows|triggers)/[TE][0-9A-Z]{8,12}/(?:A[0-9A-Z]{8,12}/)?[0-9]{12,20}/[0-9A-Za-z]{24}",
    max_chars=110,
    keywords=("hooks.slack.com",),
    binary=True,
    path="srv/deploy.sh",
    remediation=f"{REVOKE}: Workflow Builder, the workflow's trigger.",
    references=(
        "https://slack.com/help/articles/360041352714-Build-a-workflow--Create-a-workflow-that-starts-outside-of-Slack",
    ),
    bad=lambda random: f'curl -X POST "https://{_token(random)}"',
    good=lambda random: (
        "https://hooks.slack.com/workflows/"
        + random.choice(
            (
                f"T{text(random, 9, UPPER)}",
                "${SLACK_PATH}",
                f"T{text(random, 10, UPPER)}/{text(random, 12)}",
                f"T{text(random, 10, UPPER)}/A{text(random, 9, UPPER)}/1234",
            )
        )
    ),
)
def slack_workflow_webhook(value: str) -> Claim | None:
    """Whoever holds it starts the workflow with words of their own, as often as they like."""
    return NOTHING_MORE if is_drawn(value) else None
