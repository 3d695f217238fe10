"""StackHawk API key."""

from random import Random

from hullmark.checks.declare import REVOKE, secret
from hullmark.checks.drawing import BASE64URL, assigned, text, unlike
from hullmark.checks.kinds import NOTHING_MORE, Claim


def _token(random: Random) -> str:
    return f"hawk.{text(random, 20, BASE64URL)}.{text(random, 20, BASE64URL)}"


@secret(
    id="stackhawk-token",
    title="StackHawk API key",
    pattern=r"\b(hawk\.[0-9A-Za-z_-]{20}\.[0-9A-Za-z_-]{20})(?:[^0-9A-Za-z_-]|$)",
    anchor=r"hawk\.[0-9A-Za-z_-]{20}\.[0-9A-Za-z_-]{20}",
    max_chars=47,
    keywords=("hawk.",),
    remediation=f"{REVOKE}: StackHawk, Settings, API Keys.",
    references=("https://docs.stackhawk.com/apidocs.html",),
    bad=lambda random: assigned(random, "stackhawk", _token(random)),
    good=lambda random: assigned(random, "stackhawk", unlike(random, "hawk.", 40)),
)
def stackhawk_token(_: str) -> Claim | None:
    """It acts as its owner at StackHawk.

    Whoever holds it reads the weaknesses of the applications that were scanned.
    """
    return NOTHING_MORE
