"""Microsoft Teams: addresses that post messages."""

from random import Random

from hullmark.checks.declare import REVOKE, secret
from hullmark.checks.drawing import HEX, LOWER, text, uuid
from hullmark.checks.kinds import NOTHING_MORE, Claim
from hullmark.checks.proofs import is_drawn
from hullmark.model import Severity


def _token(random: Random) -> str:
    host, made_for = text(random, 8, LOWER), f"{uuid(random)}@{uuid(random)}"
    hook = f"IncomingWebhook/{text(random, 32, HEX)}/{uuid(random)}"
    return f"{host}.webhook.office.com/webhookb2/{made_for}/{hook}"


@secret(
    id="microsoft-teams-webhook",
    title="Microsoft Teams webhook",
    severity=Severity.MEDIUM,
    pattern=r"(?:webhook\.office\.com/webhookb2|outlook\.office\.com/webhook)/([0-9a-f-]{36}@[0-9a-f-]{36}/IncomingWebhook/[0-9a-f]{32}/[0-9a-f-]{36})",
    anchor=r"office\.com/webhook(?:b2)?/[0-9a-f-]{36}@[0-9a-f-]{36}/IncomingWebhook/[0-9a-f]{32}/[0-9a-f-]{36}",
    max_chars=220,
    keywords=("office.com/webhook",),
    binary=True,
    path="etc/notify.yml",
    remediation=f"{REVOKE}: the channel's connectors, or the workflow that replaced it.",
    references=(
        "https://learn.microsoft.com/en-us/microsoftteams/platform/webhooks-and-connectors/how-to/add-incoming-webhook",
    ),
    bad=lambda random: f'  url: "https://{_token(random)}"',
    good=lambda random: (
        "https://acme.webhook.office.com/webhookb2/"
        + random.choice(
            (
                uuid(random),
                "${TEAMS_PATH}",
                f"{uuid(random)}@{uuid(random)}/IncomingWebhook/",
                f"{uuid(random)}@{uuid(random)}/Other/{text(random, 32, HEX)}",
            )
        )
    ),
)
def microsoft_teams_webhook(value: str) -> Claim | None:
    """Whoever holds it posts cards to the channel, with links that colleagues trust."""
    return NOTHING_MORE if is_drawn(value[-60:]) else None
