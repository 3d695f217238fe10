"""Azure DevOps personal access token of the older form."""

from random import Random
from string import ascii_lowercase

from hullmark.checks.declare import REVOKE, secret
from hullmark.checks.drawing import HEX, LOWER, text
from hullmark.checks.forms import named
from hullmark.checks.kinds import NOTHING_MORE, Claim
from hullmark.model import Severity


def _token(random: Random) -> str:
    return text(random, 52, ascii_lowercase + "234567")


def _other(random: Random) -> str:
    return random.choice(
        (
            text(random, 52, HEX)[:50],
            text(random, 51, LOWER),
            text(random, 64, HEX),
            "${SYSTEM_ACCESSTOKEN}",
        )
    )


def _line(random: Random, value: str) -> str:
    return (
        random.choice(("AZURE_DEVOPS_EXT_PAT_TOKEN=", "azure_devops_token: ", "VSTS_TOKEN="))
        + value
    )


@secret(
    id="azure-devops-legacy-token",
    title="Azure DevOps personal access token of the older form",
    severity=Severity.CRITICAL,
    **named("azure_devops", "azuredevops", "vsts", "azdo", value="[a-z2-7]{52}", chars=52),
    entropy=3.8,
    remediation=f"{REVOKE}: Azure DevOps, User settings, Personal access tokens.",
    references=(
        "https://learn.microsoft.com/en-us/azure/devops/organizations/accounts/use-personal-access-tokens-to-authenticate",
    ),
    bad=lambda random: _line(random, _token(random)),
    good=lambda random: _line(random, _other(random)),
)
def azure_devops_legacy_token(_: str) -> Claim | None:
    """It acts as its owner in Azure DevOps.

    Whoever holds it reads and writes repositories, pipelines and packages as far as its scopes
    go.
    """
    return NOTHING_MORE
