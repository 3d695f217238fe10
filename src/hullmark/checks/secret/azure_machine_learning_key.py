"""Azure Machine Learning service key."""

from random import Random

from hullmark.checks.declare import REVOKE, secret
from hullmark.checks.drawing import BASE64, HEX, assigned, text
from hullmark.checks.kinds import NOTHING_MORE, Claim
from hullmark.model import Severity


def _token(random: Random) -> str:
    return text(random, 76, BASE64) + "+AMC" + text(random, 5, BASE64) + "A=="


def _other(random: Random) -> str:
    return random.choice(
        (
            text(random, 88, BASE64),
            text(random, 88) + "+AMC",
            f"{text(random, 20)}+AMC{text(random, 6)}",
            "${AZURE_KEY}",
            text(random, 64, HEX),
        )
    )


@secret(
    id="azure-machine-learning-key",
    title="Azure Machine Learning service key",
    severity=Severity.MEDIUM,
    pattern=r"(?:^|[^0-9A-Za-z+/_-])([0-9A-Za-z+/]{76}\+AMC[0-9A-Za-z+/]{5}[AQgw]==)(?:[^0-9A-Za-z+/=_-]|$)",
    anchor=r"[0-9A-Za-z+/]{76}\+AMC[0-9A-Za-z+/]{5}[AQgw]==",
    max_chars=90,
    keywords=("+AMC",),
    entropy=4.2,
    remediation=f"{REVOKE}: the endpoint, Consume, Regenerate.",
    references=(
        "https://learn.microsoft.com/en-us/azure/machine-learning/how-to-authenticate-online-endpoint",
    ),
    bad=lambda random: assigned(random, "azure", _token(random)),
    good=lambda random: assigned(random, "azure", _other(random)),
)
def azure_machine_learning_key(_: str) -> Claim | None:
    """It calls a web service of Azure Machine Learning.

    Whoever holds it asks the model at its owner's cost.
    """
    return NOTHING_MORE
