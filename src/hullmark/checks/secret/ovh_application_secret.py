"""OVHcloud application secret."""

from random import Random

from hullmark.checks.declare import REVOKE, secret
from hullmark.checks.drawing import text, uuid
from hullmark.checks.forms import named
from hullmark.checks.kinds import NOTHING_MORE, Claim
from hullmark.checks.proofs import is_drawn


def _token(random: Random) -> str:
    return text(random, 32)


def _other(random: Random) -> str:
    return random.choice(
        (
            text(random, 21),
            "${OVH_APPLICATION_SECRET}",
            "x" * 32,
            uuid(random),
            "your_ovh_application_secret_token",
        )
    )


@secret(
    id="ovh-application-secret",
    title="OVHcloud application secret",
    **named(
        "ovh_application_secret", "ovh_app_secret", value=r"[0-9A-Za-z]{32}", chars=32, words=""
    ),
    entropy=3.8,
    remediation=f"{REVOKE}: OVHcloud, API, My applications.",
    references=("https://help.ovhcloud.com/csm/en-api-getting-started-ovhcloud-api",),
    bad=lambda random: f"OVH_APPLICATION_SECRET={_token(random)}",
    good=lambda random: f"OVH_APPLICATION_SECRET={_other(random)}",
)
def ovh_application_secret(value: str) -> Claim | None:
    """It signs requests to OVHcloud.

    With the consumer key beside it, whoever holds it acts as the customer.
    """
    return NOTHING_MORE if is_drawn(value) else None
