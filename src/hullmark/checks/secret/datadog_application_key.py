"""Datadog: application keys of users."""

from random import Random

from hullmark.checks.declare import REVOKE, secret
from hullmark.checks.drawing import HEX, given, misfit, text
from hullmark.checks.forms import named
from hullmark.checks.kinds import NOTHING_MORE, Claim
from hullmark.checks.proofs import is_drawn

NAMES = (
    "DD_APP_KEY",
    "datadog.app_key",
    "datadogApplicationKey",
)


def _token(random: Random) -> str:
    return text(random, 40, HEX)


@secret(
    id="datadog-application-key",
    title="Datadog application key",
    **named(
        "datadog", "dd_app", "dd_application", value=r"[0-9a-f]{40}", chars=40, words="key|token"
    ),
    entropy=3.2,
    remediation=f"{REVOKE}: Organization Settings, Application Keys.",
    references=("https://docs.datadoghq.com/account_management/api-app-keys/",),
    bad=lambda random: given(random, NAMES, _token(random)),
    good=lambda random: given(random, NAMES, misfit(random, 40, HEX)),
)
def datadog_application_key(value: str) -> Claim | None:
    """Together with an API key it reads what systems report. It changes monitors too."""
    return NOTHING_MORE if is_drawn(value) else None
