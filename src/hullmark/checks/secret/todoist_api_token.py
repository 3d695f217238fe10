"""Todoist: tokens of people."""

from random import Random

from hullmark.checks.declare import REVOKE, secret
from hullmark.checks.drawing import HEX, given, misfit, text
from hullmark.checks.forms import named
from hullmark.checks.kinds import NOTHING_MORE, Claim
from hullmark.checks.proofs import is_drawn

NAMES = (
    "TODOIST_API_TOKEN",
    "todoist.token",
    "todoistKey",
)


def _token(random: Random) -> str:
    return text(random, 40, HEX)


@secret(
    id="todoist-api-token",
    title="Todoist API token",
    **named("todoist", value=r"[0-9a-f]{40}", chars=40, words="key|token"),
    entropy=3.2,
    remediation=f"{REVOKE}: Settings, Integrations, Developer.",
    references=("https://developer.todoist.com/api/v1/",),
    bad=lambda random: given(random, NAMES, _token(random)),
    good=lambda random: given(random, NAMES, misfit(random, 40, HEX)),
)
def todoist_api_token(value: str) -> Claim | None:
    """Whoever holds it reads and changes all tasks of the person."""
    return NOTHING_MORE if is_drawn(value) else None
