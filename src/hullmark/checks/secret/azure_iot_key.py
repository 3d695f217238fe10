"""Azure IoT key."""

from random import Random

from hullmark.checks.declare import REVOKE, secret
from hullmark.checks.drawing import BASE64, HEX, assigned, text
from hullmark.checks.kinds import NOTHING_MORE, Claim


def _token(random: Random) -> str:
    return text(random, 33, BASE64) + "AIoT" + "C" + text(random, 5, BASE64) + "="


def _other(random: Random) -> str:
    return random.choice(
        (
            text(random, 44, BASE64),
            text(random, 44) + "AIoT",
            f"{text(random, 20)}AIoT{text(random, 6)}",
            "${AZURE_KEY}",
            text(random, 64, HEX),
        )
    )


@secret(
    id="azure-iot-key",
    title="Azure IoT key",
    pattern=r"(?:^|[^0-9A-Za-z+/_-])([0-9A-Za-z+/]{33}AIoT[A-P][0-9A-Za-z+/]{5}=)(?:[^0-9A-Za-z+/=_-]|$)",
    anchor=r"[0-9A-Za-z+/]{33}AIoT[A-P][0-9A-Za-z+/]{5}=",
    max_chars=46,
    keywords=("AIoT",),
    entropy=4.2,
    generic=True,
    remediation=f"{REVOKE}: IoT Hub, Shared access policies, or the device's keys.",
    references=("https://learn.microsoft.com/en-us/azure/iot-hub/authenticate-authorize-sas",),
    bad=lambda random: assigned(random, "azure", _token(random)),
    good=lambda random: assigned(random, "azure", _other(random)),
)
def azure_iot_key(_: str) -> Claim | None:
    """It speaks for a device or for a whole IoT Hub.

    Whoever holds it sends and takes messages of devices, or commands them.
    """
    return NOTHING_MORE
