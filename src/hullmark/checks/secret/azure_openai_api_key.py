"""Azure OpenAI or Cognitive Services key."""

from random import Random

from hullmark.checks.declare import REVOKE, secret
from hullmark.checks.drawing import HEX, text, uuid
from hullmark.checks.forms import named
from hullmark.checks.kinds import NOTHING_MORE, Claim


def _token(random: Random) -> str:
    return text(random, 32, HEX)


def _other(random: Random) -> str:
    return random.choice(
        (
            text(random, 40, HEX),
            text(random, 31, HEX),
            "${AZURE_OPENAI_KEY}",
            uuid(random),
        )
    )


def _line(random: Random, value: str) -> str:
    return (
        random.choice(
            ("AZURE_OPENAI_API_KEY=", "azure_openai_key: ", "Ocp-Apim-Subscription-Key: ")
        )
        + value
    )


@secret(
    id="azure-openai-api-key",
    title="Azure OpenAI or Cognitive Services key",
    **named(
        "azure_openai", "cognitive_services", "apim_subscription", value="[0-9a-f]{32}", chars=32
    ),
    entropy=3.0,
    remediation=f"{REVOKE}: the resource, Keys and Endpoint.",
    references=("https://learn.microsoft.com/en-us/azure/ai-services/authentication",),
    bad=lambda random: _line(random, _token(random)),
    good=lambda random: _line(random, _other(random)),
)
def azure_openai_api_key(_: str) -> Claim | None:
    """It calls the models of an Azure AI resource.

    Whoever holds it uses them at its owner's cost and within the owner's data.
    """
    return NOTHING_MORE
