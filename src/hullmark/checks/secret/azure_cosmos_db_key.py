"""Azure Cosmos DB key."""

from random import Random

from hullmark.checks.declare import REVOKE, secret
from hullmark.checks.drawing import BASE64, HEX, assigned, text
from hullmark.checks.kinds import NOTHING_MORE, Claim
from hullmark.model import Severity


def _token(random: Random) -> str:
    return text(random, 76, BASE64) + "ACDb" + text(random, 5, BASE64) + "A=="


def _other(random: Random) -> str:
    return random.choice(
        (
            text(random, 88, BASE64),
            text(random, 88) + "ACDb",
            f"{text(random, 20)}ACDb{text(random, 6)}",
            "${AZURE_KEY}",
            text(random, 64, HEX),
        )
    )


@secret(
    id="azure-cosmos-db-key",
    title="Azure Cosmos DB key",
    severity=Severity.CRITICAL,
    pattern=r"(?:^|[^0-9A-Za-z+/_-])([0-9A-Za-z+/]{76}ACDb[0-9A-Za-z+/]{5}[AQgw]==)(?:[^0-9A-Za-z+/=_-]|$)",
    anchor=r"[0-9A-Za-z+/]{76}ACDb[0-9A-Za-z+/]{5}[AQgw]==",
    max_chars=90,
    keywords=("ACDb",),
    entropy=4.2,
    remediation=f"{REVOKE}: Cosmos DB account, Settings, Keys.",
    references=("https://learn.microsoft.com/en-us/azure/cosmos-db/secure-access-to-data",),
    bad=lambda random: assigned(random, "azure", _token(random)),
    good=lambda random: assigned(random, "azure", _other(random)),
)
def azure_cosmos_db_key(_: str) -> Claim | None:
    """It opens a Cosmos DB account.

    Whoever holds it reads and writes every database and container in it.
    """
    return NOTHING_MORE
