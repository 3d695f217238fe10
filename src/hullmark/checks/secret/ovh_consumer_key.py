"""OVHcloud consumer key."""

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
            "${OVH_CONSUMER_KEY}",
            "x" * 32,
            uuid(random),
            "your_ovh_consumer_key_token",
        )
    )


@secret(
    id="ovh-consumer-key",
    title="OVHcloud consumer key",
    **named("ovh_consumer_key", "ovh_consumer", value=r"[0-9A-Za-z]{32}", chars=32, words=""),
    entropy=3.8,
    remediation=f"{REVOKE}: OVHcloud, API, My applications.",
    references=("https://help.ovhcloud.com/csm/en-api-getting-started-ovhcloud-api",),
    bad=lambda random: f"OVH_CONSUMER_KEY={_token(random)}",
    good=lambda random: f"OVH_CONSUMER_KEY={_other(random)}",
)
def ovh_consumer_key(value: str) -> Claim | None:
    """It names what an application may do for a customer of OVHcloud.

    With the application's secret, whoever holds it does that.
    """
    return NOTHING_MORE if is_drawn(value) else None
