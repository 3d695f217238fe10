"""Clojars deploy token."""

from random import Random

from hullmark.checks.declare import REVOKE, secret
from hullmark.checks.drawing import HEX, assigned, text, unlike
from hullmark.checks.kinds import NOTHING_MORE, Claim
from hullmark.model import Severity


def _token(random: Random) -> str:
    return f"CLOJARS_{text(random, 60, HEX)}"


@secret(
    id="clojars-token",
    title="Clojars deploy token",
    severity=Severity.CRITICAL,
    pattern=r"\b(CLOJARS_[0-9a-f]{60})\b",
    anchor=r"CLOJARS_[0-9a-f]{60}",
    max_chars=69,
    keywords=("CLOJARS_",),
    binary=True,
    remediation=f"{REVOKE}: Clojars, Deploy Tokens.",
    references=("https://github.com/clojars/clojars-web/wiki/Deploy-Tokens",),
    bad=lambda random: assigned(random, "clojars", _token(random)),
    good=lambda random: assigned(random, "clojars", unlike(random, "CLOJARS_", 60, HEX)),
)
def clojars_token(_: str) -> Claim | None:
    """It deploys to Clojars.

    Whoever holds it publishes libraries in its owner's name.
    """
    return NOTHING_MORE
