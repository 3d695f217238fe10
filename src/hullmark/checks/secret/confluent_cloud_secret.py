"""Confluent Cloud API secret."""

from random import Random

from hullmark.checks.declare import REVOKE, secret
from hullmark.checks.drawing import BASE64, HEX, assigned, text, uuid
from hullmark.checks.forms import named
from hullmark.checks.kinds import NOTHING_MORE, Claim


def _token(random: Random) -> str:
    return random.choice((f"cflt{text(random, 60, BASE64)}", text(random, 64, BASE64)))


def _other(random: Random) -> str:
    return random.choice(
        (
            text(random, 64, HEX),
            text(random, 40),
            "${CONFLUENT_SECRET}",
            uuid(random),
        )
    )


@secret(
    id="confluent-cloud-secret",
    title="Confluent Cloud API secret",
    **named("confluent", value=r"[0-9A-Za-z+/]{64}", chars=64, end=r"(?:[^0-9A-Za-z+/=_-]|$)"),
    entropy=4.4,
    remediation=f"{REVOKE}: Confluent Cloud, API keys.",
    references=(
        "https://docs.confluent.io/cloud/current/security/authenticate/workload-identities/service-accounts/api-keys/overview.html",
    ),
    bad=lambda random: assigned(random, "confluent", _token(random)),
    good=lambda random: assigned(random, "confluent", _other(random)),
)
def confluent_cloud_secret(_: str) -> Claim | None:
    """It opens Kafka clusters of Confluent Cloud.

    With the key beside it, whoever holds it reads and writes topics.
    """
    return NOTHING_MORE
