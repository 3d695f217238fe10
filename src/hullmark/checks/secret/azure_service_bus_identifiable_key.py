"""Azure Service Bus key."""

from random import Random

from hullmark.checks.declare import REVOKE, secret
from hullmark.checks.drawing import BASE64, HEX, assigned, text
from hullmark.checks.kinds import NOTHING_MORE, Claim


def _token(random: Random) -> str:
    return text(random, 33, BASE64) + "+ASb" + "C" + text(random, 5, BASE64) + "="


def _other(random: Random) -> str:
    return random.choice(
        (
            text(random, 44, BASE64),
            text(random, 44) + "+ASb",
            f"{text(random, 20)}+ASb{text(random, 6)}",
            "${AZURE_KEY}",
            text(random, 64, HEX),
        )
    )


@secret(
    id="azure-service-bus-identifiable-key",
    title="Azure Service Bus key",
    pattern=r"(?:^|[^0-9A-Za-z+/_-])([0-9A-Za-z+/]{33}\+ASb[A-P][0-9A-Za-z+/]{5}=)(?:[^0-9A-Za-z+/=_-]|$)",
    anchor=r"[0-9A-Za-z+/]{33}\+ASb[A-P][0-9A-Za-z+/]{5}=",
    max_chars=46,
    keywords=("+ASb",),
    entropy=4.2,
    generic=True,
    remediation=f"{REVOKE}: Service Bus namespace, Shared access policies.",
    references=("https://learn.microsoft.com/en-us/azure/service-bus-messaging/service-bus-sas",),
    bad=lambda random: assigned(random, "azure", _token(random)),
    good=lambda random: assigned(random, "azure", _other(random)),
)
def azure_service_bus_identifiable_key(_: str) -> Claim | None:
    """It opens a Service Bus namespace by its shared access policy.

    Whoever holds it sends and takes messages as that policy allows.
    """
    return NOTHING_MORE
