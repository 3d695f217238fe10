"""Azure Batch account key."""

from random import Random

from hullmark.checks.declare import REVOKE, secret
from hullmark.checks.drawing import BASE64, HEX, assigned, text
from hullmark.checks.kinds import NOTHING_MORE, Claim


def _token(random: Random) -> str:
    return text(random, 76, BASE64) + "+ABa" + text(random, 5, BASE64) + "A=="


def _other(random: Random) -> str:
    return random.choice(
        (
            text(random, 88, BASE64),
            text(random, 88) + "+ABa",
            f"{text(random, 20)}+ABa{text(random, 6)}",
            "${AZURE_KEY}",
            text(random, 64, HEX),
        )
    )


@secret(
    id="azure-batch-key",
    title="Azure Batch account key",
    pattern=r"(?:^|[^0-9A-Za-z+/_-])([0-9A-Za-z+/]{76}\+ABa[0-9A-Za-z+/]{5}[AQgw]==)(?:[^0-9A-Za-z+/=_-]|$)",
    anchor=r"[0-9A-Za-z+/]{76}\+ABa[0-9A-Za-z+/]{5}[AQgw]==",
    max_chars=90,
    keywords=("+ABa",),
    entropy=4.2,
    remediation=f"{REVOKE}: Batch account, Settings, Keys.",
    references=("https://learn.microsoft.com/en-us/azure/batch/batch-account-create-portal",),
    bad=lambda random: assigned(random, "azure", _token(random)),
    good=lambda random: assigned(random, "azure", _other(random)),
)
def azure_batch_key(_: str) -> Claim | None:
    """It runs programs on the pools of a Batch account.

    Whoever holds it submits tasks at its owner's cost and reads the results of others.
    """
    return NOTHING_MORE
