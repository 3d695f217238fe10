"""Microsoft Entra client secret."""

from random import Random

from hullmark.checks.declare import REVOKE, secret
from hullmark.checks.drawing import BASE64URL, assigned, text, uuid
from hullmark.checks.kinds import NOTHING_MORE, Claim
from hullmark.model import Severity


def _token(random: Random) -> str:
    return text(random, 3) + random.choice("789") + "Q~" + text(random, 34, BASE64URL)


def _other(random: Random) -> str:
    return random.choice(
        (
            text(random, 3) + "8Q~" + text(random, 20),
            text(random, 3) + "8Q~" + text(random, 50),
            text(random, 40),
            uuid(random),
            "${AZURE_CLIENT_SECRET}",
        )
    )


@secret(
    id="azure-client-secret",
    title="Microsoft Entra client secret",
    severity=Severity.CRITICAL,
    pattern=r"(?:^|[^0-9A-Za-z_.~+/-])([0-9A-Za-z_.~-]{3}[0-9]Q~[0-9A-Za-z_.~-]{31,34})(?:[^0-9A-Za-z_.~+/=-]|$)",
    anchor=r"[0-9]Q~[0-9A-Za-z_.~-]{31}",
    max_chars=42,
    keywords=("Q~",),
    entropy=3.8,
    remediation=f"{REVOKE}: App registrations, Certificates & secrets.",
    references=(
        "https://learn.microsoft.com/en-us/entra/identity-platform/how-to-add-credentials",
    ),
    bad=lambda random: assigned(random, "azure", _token(random)),
    good=lambda random: assigned(random, "azure", _other(random)),
)
def azure_client_secret(_: str) -> Claim | None:
    """It proves to Microsoft Entra that a program is a registered application.

    Whoever holds it gets tokens for all that the application was granted.
    """
    return NOTHING_MORE
