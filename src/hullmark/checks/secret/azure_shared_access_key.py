"""Azure connection string with a shared access key."""

from random import Random

from hullmark.checks.declare import REVOKE, secret
from hullmark.checks.drawing import BASE64, LOWER, text
from hullmark.checks.kinds import NOTHING_MORE, Claim


def _token(random: Random) -> str:
    return text(random, 42, BASE64) + "U="


def _other(random: Random) -> str:
    return random.choice(
        (
            text(random, 30, BASE64),
            "<key>",
            "${SB_KEY}",
            text(random, 64, BASE64),
        )
    )


def _line(random: Random, value: str) -> str:
    return (
        f"Endpoint=sb://{text(random, 8, LOWER)}.servicebus.windows.net/;"
        f"SharedAccessKeyName=root;SharedAccessKey={value}"
    )


@secret(
    id="azure-shared-access-key",
    title="Azure connection string with a shared access key",
    pattern=r"(?:Endpoint=sb://|HostName=)[0-9A-Za-z.-]{1,100}/?;[0-9A-Za-z=._;-]{0,200}SharedAccessKey=([0-9A-Za-z+/]{42}[AEIMQUYcgkosw048]=)",
    anchor=r"SharedAccessKey=[0-9A-Za-z+/]{42}[AEIMQUYcgkosw048]=",
    max_chars=400,
    keywords=("SharedAccessKey=",),
    entropy=4.2,
    remediation=f"{REVOKE}: the namespace or hub, Shared access policies.",
    references=("https://learn.microsoft.com/en-us/azure/service-bus-messaging/service-bus-sas",),
    bad=lambda random: _line(random, _token(random)),
    good=lambda random: _line(random, _other(random)),
)
def azure_shared_access_key(_: str) -> Claim | None:
    """It connects to Service Bus, Event Hubs or IoT Hub by a shared policy.

    Whoever holds it sends and takes messages as far as that policy goes.
    """
    return NOTHING_MORE
