"""Azure Container Registry password."""

from random import Random

from hullmark.checks.declare import REVOKE, secret
from hullmark.checks.drawing import BASE64, HEX, assigned, text
from hullmark.checks.kinds import NOTHING_MORE, Claim
from hullmark.model import Severity


def _token(random: Random) -> str:
    return text(random, 42) + "+ACR" + "B" + text(random, 5)


def _other(random: Random) -> str:
    return random.choice(
        (
            text(random, 52, BASE64),
            text(random, 52) + "+ACR",
            f"{text(random, 20)}+ACR{text(random, 6)}",
            "${AZURE_KEY}",
            text(random, 64, HEX),
        )
    )


@secret(
    id="azure-container-registry-key",
    title="Azure Container Registry password",
    severity=Severity.CRITICAL,
    pattern=r"(?:^|[^0-9A-Za-z+/_-])([0-9A-Za-z+/]{42}\+ACR[A-D][0-9A-Za-z+/]{5})(?:[^0-9A-Za-z+/=_-]|$)",
    anchor=r"[0-9A-Za-z+/]{42}\+ACR[A-D][0-9A-Za-z+/]{5}",
    max_chars=54,
    keywords=("+ACR",),
    entropy=4.2,
    remediation=f"{REVOKE}: Container registry, Access keys, or Tokens.",
    references=(
        "https://learn.microsoft.com/en-us/azure/container-registry/container-registry-authentication",
    ),
    bad=lambda random: assigned(random, "azure", _token(random)),
    good=lambda random: assigned(random, "azure", _other(random)),
)
def azure_container_registry_key(_: str) -> Claim | None:
    """It logs in to a container registry.

    Whoever holds it pulls private images and may push others in their place.
    """
    return NOTHING_MORE
