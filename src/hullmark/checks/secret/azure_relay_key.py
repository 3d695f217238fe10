"""Azure Relay key."""

from random import Random

from hullmark.checks.declare import REVOKE, secret
from hullmark.checks.drawing import BASE64, HEX, assigned, text
from hullmark.checks.kinds import NOTHING_MORE, Claim


def _token(random: Random) -> str:
    return text(random, 33, BASE64) + "+ARm" + "C" + text(random, 5, BASE64) + "="


def _other(random: Random) -> str:
    return random.choice(
        (
            text(random, 44, BASE64),
            text(random, 44) + "+ARm",
            f"{text(random, 20)}+ARm{text(random, 6)}",
            "${AZURE_KEY}",
            text(random, 64, HEX),
        )
    )


@secret(
    id="azure-relay-key",
    title="Azure Relay key",
    pattern=r"(?:^|[^0-9A-Za-z+/_-])([0-9A-Za-z+/]{33}\+ARm[A-P][0-9A-Za-z+/]{5}=)(?:[^0-9A-Za-z+/=_-]|$)",
    anchor=r"[0-9A-Za-z+/]{33}\+ARm[A-P][0-9A-Za-z+/]{5}=",
    max_chars=46,
    keywords=("+ARm",),
    entropy=4.2,
    generic=True,
    remediation=f"{REVOKE}: Relay namespace, Shared access policies.",
    references=(
        "https://learn.microsoft.com/en-us/azure/azure-relay/relay-authentication-and-authorization",
    ),
    bad=lambda random: assigned(random, "azure", _token(random)),
    good=lambda random: assigned(random, "azure", _other(random)),
)
def azure_relay_key(_: str) -> Claim | None:
    """It listens and sends on an Azure Relay.

    Whoever holds it reaches services behind the relay, or takes their place.
    """
    return NOTHING_MORE
