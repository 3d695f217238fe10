"""NuGet API key."""

from random import Random

from hullmark.checks.declare import REVOKE, secret
from hullmark.checks.drawing import LOWER, UPPER, assigned, text
from hullmark.checks.kinds import NOTHING_MORE, Claim
from hullmark.model import Severity


def _token(random: Random) -> str:
    drawn = text(random, 15, LOWER), text(random, 11, LOWER), text(random, 11, LOWER)
    return f"oy2b{drawn[0]}a{drawn[1]}ubc{drawn[2]}q"


def _other(random: Random) -> str:
    return random.choice(
        (
            f"oy2{text(random, 43, UPPER)}",
            f"oy2{text(random, 30, LOWER)}",
            "oy2" + "x" * 43,
            "${NUGET_API_KEY}",
            text(random, 46, LOWER),
        )
    )


@secret(
    id="nuget-api-key",
    title="NuGet API key",
    severity=Severity.CRITICAL,
    pattern=(
        r"\b(oy2[a-p][0-9a-z]{15}[aq][0-9a-z]{11}[eu][bdfhjlnprtvxz357][a-p][0-9a-z]{11}"
        r"[aeimquy4])\b"
    ),
    anchor=(
        r"oy2[a-p][0-9a-z]{15}[aq][0-9a-z]{11}[eu][bdfhjlnprtvxz357][a-p][0-9a-z]{11}"
        r"[aeimquy4]"
    ),
    max_chars=46,
    keywords=("oy2",),
    entropy=3.5,
    remediation=f"{REVOKE}: NuGet, API Keys.",
    references=("https://learn.microsoft.com/en-us/nuget/nuget-org/scoped-api-keys",),
    bad=lambda random: assigned(random, "nuget", _token(random)),
    good=lambda random: assigned(random, "nuget", _other(random)),
)
def nuget_api_key(_: str) -> Claim | None:
    """It pushes packages to the NuGet gallery.

    Whoever holds it publishes versions in its owner's name.
    """
    return NOTHING_MORE
