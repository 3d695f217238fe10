"""Azure storage account key."""

from random import Random

from hullmark.checks.declare import REVOKE, secret
from hullmark.checks.drawing import BASE64, LOWER, text
from hullmark.checks.kinds import NOTHING_MORE, Claim
from hullmark.model import Severity


def _token(random: Random) -> str:
    return text(random, 85, BASE64) + "w=="


def _other(random: Random) -> str:
    return random.choice(
        (
            text(random, 44, BASE64),
            "<account-key>",
            "${AZURE_STORAGE_KEY}",
            text(random, 60, BASE64) + "=",
        )
    )


def _line(random: Random, value: str) -> str:
    return (
        f"DefaultEndpointsProtocol=https;AccountName={text(random, 9, LOWER)};"
        f"AccountKey={value};EndpointSuffix=core.windows.net"
    )


@secret(
    id="azure-storage-account-key",
    title="Azure storage account key",
    severity=Severity.CRITICAL,
    pattern=r"AccountKey=([0-9A-Za-z+/]{85}[AQgw]==)",
    anchor=r"AccountKey=[0-9A-Za-z+/]{85}[AQgw]==",
    max_chars=99,
    keywords=("AccountKey=",),
    entropy=4.5,
    remediation=f"{REVOKE}: Storage account, Security + networking, Access keys: rotate both.",
    references=(
        "https://learn.microsoft.com/en-us/azure/storage/common/storage-account-keys-manage",
    ),
    bad=lambda random: _line(random, _token(random)),
    good=lambda random: _line(random, _other(random)),
)
def azure_storage_account_key(value: str) -> Claim | None:
    """It opens everything in a storage account.

    Whoever holds it reads, changes and deletes all blobs, files, queues and tables, whatever
    roles say.
    """
    if value.startswith("Eby8vdM02xNO"):
        return None  # that of the emulator, which Microsoft publishes
    return (
        Claim(says="has Azure's mark of storage keys") if value[76:80] == "+ASt" else NOTHING_MORE
    )
