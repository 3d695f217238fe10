"""Azure DevOps personal access token."""

from random import Random

from hullmark.checks.declare import REVOKE, secret
from hullmark.checks.drawing import HEX, assigned, text
from hullmark.checks.kinds import NOTHING_MORE, Claim
from hullmark.model import Severity


def _token(random: Random) -> str:
    return text(random, 76) + "AZDO" + text(random, 4)


def _other(random: Random) -> str:
    return random.choice(
        (
            text(random, 84),
            text(random, 60) + "AZDO" + text(random, 4),
            "${SYSTEM_ACCESSTOKEN}",
            text(random, 64, HEX),
        )
    )


@secret(
    id="azure-devops-token",
    title="Azure DevOps personal access token",
    severity=Severity.CRITICAL,
    pattern=r"\b([0-9A-Za-z]{76}AZDO[0-9A-Za-z]{4})\b",
    anchor=r"[0-9A-Za-z]{76}AZDO[0-9A-Za-z]{4}",
    max_chars=84,
    keywords=("AZDO",),
    entropy=4.2,
    remediation=f"{REVOKE}: Azure DevOps, User settings, Personal access tokens.",
    references=(
        "https://learn.microsoft.com/en-us/azure/devops/organizations/accounts/use-personal-access-tokens-to-authenticate",
    ),
    bad=lambda random: assigned(random, "ado", _token(random)),
    good=lambda random: assigned(random, "ado", _other(random)),
)
def azure_devops_token(_: str) -> Claim | None:
    """It acts as its owner in Azure DevOps.

    Whoever holds it reads and writes repositories, pipelines and packages as far as its scopes
    go.
    """
    return NOTHING_MORE
