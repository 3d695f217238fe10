"""Sourcegraph access token."""

from random import Random

from hullmark.checks.declare import REVOKE, secret
from hullmark.checks.drawing import HEX, assigned, text, unlike
from hullmark.checks.kinds import NOTHING_MORE, Claim


def _token(random: Random) -> str:
    return random.choice(
        (
            f"sgp_{text(random, 16, HEX)}_{text(random, 40, HEX)}",
            f"sgp_local_{text(random, 40, HEX)}",
            f"sgp_{text(random, 40, HEX)}",
        )
    )


@secret(
    id="sourcegraph-token",
    title="Sourcegraph access token",
    pattern=r"\b(sgp_(?:[0-9a-f]{16}_|local_)?[0-9a-f]{40})\b",
    anchor=r"sgp_(?:[0-9a-f]{16}_|local_)?[0-9a-f]{40}",
    max_chars=61,
    keywords=("sgp_",),
    binary=True,
    remediation=f"{REVOKE}: Sourcegraph, Settings, Access tokens.",
    references=("https://sourcegraph.com/docs/cli/how-tos/creating_an_access_token",),
    bad=lambda random: assigned(random, "sourcegraph", _token(random)),
    good=lambda random: assigned(random, "sourcegraph", unlike(random, "sgp_", 40, HEX)),
)
def sourcegraph_token(_: str) -> Claim | None:
    """It acts as its owner in Sourcegraph.

    Whoever holds it searches and reads all code that the owner may read.
    """
    return NOTHING_MORE
