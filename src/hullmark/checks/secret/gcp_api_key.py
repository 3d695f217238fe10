"""Google API key."""

from random import Random

from hullmark.checks.declare import REVOKE, secret
from hullmark.checks.drawing import BASE64URL, assigned, text, unlike
from hullmark.checks.kinds import NOTHING_MORE, Claim
from hullmark.model import Severity


def _token(random: Random) -> str:
    return f"AIza{text(random, 35, BASE64URL)}"


@secret(
    id="gcp-api-key",
    title="Google API key",
    severity=Severity.MEDIUM,
    pattern=r"\b(AIza[0-9A-Za-z_-]{35})(?:[^0-9A-Za-z_-]|$)",
    anchor=r"AIza[0-9A-Za-z_-]{35}",
    max_chars=41,
    keywords=("AIza",),
    entropy=3.8,
    remediation=f"{REVOKE}: Google Cloud console, APIs & Services, Credentials.",
    references=("https://cloud.google.com/docs/authentication/api-keys",),
    bad=lambda random: assigned(random, "google", _token(random)),
    good=lambda random: assigned(random, "google", unlike(random, "AIza", 35, BASE64URL)),
)
def gcp_api_key(_: str) -> Claim | None:
    """It calls Google's interfaces at its project's cost.

    Keys for maps in browsers are public by design, those without restrictions call far more.
    """
    return NOTHING_MORE
