"""Azure key of the annotated form."""

from random import Random

from hullmark.checks.declare import REVOKE, secret
from hullmark.checks.drawing import assigned, text
from hullmark.checks.kinds import NOTHING_MORE, Claim
from hullmark.model import Severity


def _token(random: Random) -> str:
    return (
        text(random, 52) + "JQQJ99" + "B" + "E" + text(random, 12) + "AAAB" + "AC" + text(random, 6)
    )


def _other(random: Random) -> str:
    return random.choice(
        (
            text(random, 84),
            text(random, 30) + "JQQJ99B" + text(random, 20),
            "${AZURE_OPENAI_API_KEY}",
        )
    )


@secret(
    id="azure-common-annotated-key",
    title="Azure key of the annotated form",
    severity=Severity.CRITICAL,
    pattern=r"(?:^|[^0-9A-Za-z+/_-])([0-9A-Za-z]{52}JQQJ9[9DH][0-9A-Za-z][A-L][0-9A-Za-z]{16}[A-Za-z][0-9A-Za-z]{7}(?:[0-9A-Za-z]{2}==)?)(?:[^0-9A-Za-z+/_=-]|$)",
    anchor=r"JQQJ9[9DH][0-9A-Za-z][A-L][0-9A-Za-z]{16}[A-Za-z][0-9A-Za-z]{7}",
    max_chars=92,
    keywords=("JQQJ9",),
    binary=True,
    remediation=f"{REVOKE}: the service's keys in the Azure portal.",
    references=("https://learn.microsoft.com/en-us/azure/ai-services/authentication",),
    bad=lambda random: assigned(random, "azure", _token(random)),
    good=lambda random: assigned(random, "azure", _other(random)),
)
def azure_common_annotated_key(_: str) -> Claim | None:
    """It opens an Azure service, such as Azure OpenAI, Azure DevOps or Cognitive Services.

    Its form names Azure as the issuer, its letters the service.
    """
    return NOTHING_MORE
