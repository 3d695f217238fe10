"""Azure AI Search key."""

from random import Random

from hullmark.checks.declare import REVOKE, secret
from hullmark.checks.drawing import BASE64, HEX, assigned, text
from hullmark.checks.kinds import NOTHING_MORE, Claim


def _token(random: Random) -> str:
    return text(random, 42) + "AzSe" + "B" + text(random, 5)


def _other(random: Random) -> str:
    return random.choice(
        (
            text(random, 52, BASE64),
            text(random, 52) + "AzSe",
            f"{text(random, 20)}AzSe{text(random, 6)}",
            "${AZURE_KEY}",
            text(random, 64, HEX),
        )
    )


@secret(
    id="azure-search-key",
    title="Azure AI Search key",
    pattern=r"(?:^|[^0-9A-Za-z+/_-])([0-9A-Za-z+/]{42}AzSe[A-D][0-9A-Za-z+/]{5})(?:[^0-9A-Za-z+/=_-]|$)",
    anchor=r"[0-9A-Za-z+/]{42}AzSe[A-D][0-9A-Za-z+/]{5}",
    max_chars=54,
    keywords=("AzSe",),
    entropy=4.2,
    remediation=f"{REVOKE}: Search service, Settings, Keys.",
    references=("https://learn.microsoft.com/en-us/azure/search/search-security-api-keys",),
    bad=lambda random: assigned(random, "azure", _token(random)),
    good=lambda random: assigned(random, "azure", _other(random)),
)
def azure_search_key(_: str) -> Claim | None:
    """It opens a search service.

    Whoever holds an admin key reads, changes and deletes indexes, with a query key reads them.
    """
    return NOTHING_MORE
