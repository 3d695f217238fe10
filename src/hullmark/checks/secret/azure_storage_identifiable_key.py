"""Azure storage key."""

from random import Random

from hullmark.checks.declare import REVOKE, secret
from hullmark.checks.drawing import BASE64, HEX, assigned, text
from hullmark.checks.kinds import NOTHING_MORE, Claim
from hullmark.model import Severity


def _token(random: Random) -> str:
    return text(random, 76, BASE64) + "+ASt" + text(random, 5, BASE64) + "A=="


def _other(random: Random) -> str:
    return random.choice(
        (
            text(random, 88, BASE64),
            text(random, 88) + "+ASt",
            f"{text(random, 20)}+ASt{text(random, 6)}",
            "${AZURE_KEY}",
            text(random, 64, HEX),
        )
    )


@secret(
    id="azure-storage-identifiable-key",
    title="Azure storage key",
    severity=Severity.CRITICAL,
    pattern=r"(?:^|[^0-9A-Za-z+/_-])([0-9A-Za-z+/]{76}\+ASt[0-9A-Za-z+/]{5}[AQgw]==)(?:[^0-9A-Za-z+/=_-]|$)",
    anchor=r"[0-9A-Za-z+/]{76}\+ASt[0-9A-Za-z+/]{5}[AQgw]==",
    max_chars=90,
    keywords=("+ASt",),
    entropy=4.2,
    generic=True,
    remediation=f"{REVOKE}: Storage account, Security + networking, Access keys.",
    references=(
        "https://learn.microsoft.com/en-us/azure/storage/common/storage-account-keys-manage",
    ),
    bad=lambda random: assigned(random, "azure", _token(random)),
    good=lambda random: assigned(random, "azure", _other(random)),
)
def azure_storage_identifiable_key(_: str) -> Claim | None:
    """It opens everything in a storage account.

    It carries the mark that Azure puts into keys of this kind, so it is one wherever it stands.
    """
    return NOTHING_MORE
