"""EasyPost: API keys."""

from random import Random

from hullmark.checks.declare import REVOKE, secret
from hullmark.checks.drawing import assigned, text, unlike
from hullmark.checks.kinds import NOTHING_MORE, Claim
from hullmark.checks.proofs import is_drawn
from hullmark.model import Severity


def _token(random: Random) -> str:
    prefix = random.choice(("EZAK", "EZTK"))
    return f"{prefix}{text(random, 54)}"


@secret(
    id="easypost-api-key",
    title="EasyPost API key",
    pattern=r"\b((?:EZAK|EZTK)[0-9A-Za-z]{54})\b",
    anchor=r"(?:EZAK|EZTK)[0-9A-Za-z]{54}",
    max_chars=60,
    keywords=(
        "EZAK",
        "EZTK",
    ),
    binary=True,
    remediation=f"{REVOKE}: the Dashboard, Account Settings, API Keys.",
    references=("https://docs.easypost.com/docs/authentication",),
    bad=lambda random: assigned(random, "easypost", _token(random)),
    good=lambda random: assigned(random, "easypost", unlike(random, "EZAK", 54)),
)
def easypost_api_key(value: str) -> Claim | None:
    """Whoever holds it buys postage that the account pays for and reads addresses.

    One of test mode does nothing real.
    """
    if not is_drawn(value):
        return None
    if value.startswith("EZTK"):
        return Claim(says="test mode", severity=Severity.LOW)
    return NOTHING_MORE
