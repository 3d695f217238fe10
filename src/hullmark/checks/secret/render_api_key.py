"""Render API key."""

from random import Random

from hullmark.checks.declare import REVOKE, secret
from hullmark.checks.drawing import assigned, text, unlike
from hullmark.checks.kinds import NOTHING_MORE, Claim
from hullmark.model import Severity


def _token(random: Random) -> str:
    return f"rnd_{text(random, random.randint(28, 32))}"


@secret(
    id="render-api-key",
    title="Render API key",
    severity=Severity.CRITICAL,
    pattern=r"\b(rnd_[0-9A-Za-z]{28,32})\b",
    anchor=r"rnd_[0-9A-Za-z]{28}",
    max_chars=37,
    keywords=("rnd_",),
    entropy=3.8,
    remediation=f"{REVOKE}: Render, Account Settings, API Keys.",
    references=("https://render.com/docs/api",),
    bad=lambda random: assigned(random, "render", _token(random)),
    good=lambda random: assigned(random, "render", unlike(random, "rnd_", 28)),
)
def render_api_key(_: str) -> Claim | None:
    """It acts as its owner on Render.

    Whoever holds it deploys services and reads their configuration.
    """
    return NOTHING_MORE
