"""Azure API Management key."""

from random import Random

from hullmark.checks.declare import REVOKE, secret
from hullmark.checks.drawing import BASE64, HEX, assigned, text
from hullmark.checks.kinds import NOTHING_MORE, Claim


def _token(random: Random) -> str:
    return text(random, 76, BASE64) + "APIM" + text(random, 5, BASE64) + "A=="


def _other(random: Random) -> str:
    return random.choice(
        (
            text(random, 88, BASE64),
            text(random, 88) + "APIM",
            f"{text(random, 20)}APIM{text(random, 6)}",
            "${AZURE_KEY}",
            text(random, 64, HEX),
        )
    )


@secret(
    id="azure-api-management-key",
    title="Azure API Management key",
    pattern=r"(?:^|[^0-9A-Za-z+/_-])([0-9A-Za-z+/]{76}APIM[0-9A-Za-z+/]{5}[AQgw]==)(?:[^0-9A-Za-z+/=_-]|$)",
    anchor=r"[0-9A-Za-z+/]{76}APIM[0-9A-Za-z+/]{5}[AQgw]==",
    max_chars=90,
    keywords=("APIM",),
    entropy=4.2,
    remediation=f"{REVOKE}: API Management, Subscriptions.",
    references=(
        "https://learn.microsoft.com/en-us/azure/api-management/api-management-subscriptions",
    ),
    bad=lambda random: assigned(random, "azure", _token(random)),
    good=lambda random: assigned(random, "azure", _other(random)),
)
def azure_api_management_key(_: str) -> Claim | None:
    """It manages or calls interfaces behind API Management.

    Whoever holds it speaks to them as the subscription that it belongs to.
    """
    return NOTHING_MORE
