"""Azure Event Hubs key."""

from random import Random

from hullmark.checks.declare import REVOKE, secret
from hullmark.checks.drawing import BASE64, HEX, assigned, text
from hullmark.checks.kinds import NOTHING_MORE, Claim


def _token(random: Random) -> str:
    return text(random, 33, BASE64) + "+AEh" + "C" + text(random, 5, BASE64) + "="


def _other(random: Random) -> str:
    return random.choice(
        (
            text(random, 44, BASE64),
            text(random, 44) + "+AEh",
            f"{text(random, 20)}+AEh{text(random, 6)}",
            "${AZURE_KEY}",
            text(random, 64, HEX),
        )
    )


@secret(
    id="azure-event-hubs-key",
    title="Azure Event Hubs key",
    pattern=r"(?:^|[^0-9A-Za-z+/_-])([0-9A-Za-z+/]{33}\+AEh[A-P][0-9A-Za-z+/]{5}=)(?:[^0-9A-Za-z+/=_-]|$)",
    anchor=r"[0-9A-Za-z+/]{33}\+AEh[A-P][0-9A-Za-z+/]{5}=",
    max_chars=46,
    keywords=("+AEh",),
    entropy=4.2,
    generic=True,
    remediation=f"{REVOKE}: Event Hubs namespace, Shared access policies.",
    references=(
        "https://learn.microsoft.com/en-us/azure/event-hubs/authenticate-shared-access-signature",
    ),
    bad=lambda random: assigned(random, "azure", _token(random)),
    good=lambda random: assigned(random, "azure", _other(random)),
)
def azure_event_hubs_key(_: str) -> Claim | None:
    """It opens an Event Hubs namespace by its shared access policy.

    Whoever holds it sends and reads events as that policy allows.
    """
    return NOTHING_MORE
