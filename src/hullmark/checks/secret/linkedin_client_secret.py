"""LinkedIn: secrets of applications."""

from random import Random

from hullmark.checks.declare import REVOKE, secret
from hullmark.checks.drawing import assigned, text, unlike
from hullmark.checks.kinds import NOTHING_MORE, Claim
from hullmark.checks.proofs import is_drawn


def _token(random: Random) -> str:
    return f"WPL_AP1.{text(random, 16)}.{text(random, 6)}=="


@secret(
    id="linkedin-client-secret",
    title="LinkedIn client secret",
    pattern=r"\b(WPL_AP[0-9]\.[0-9A-Za-z]{16}\.[0-9A-Za-z+/]{6}==)",
    anchor=r"WPL_AP[0-9]\.[0-9A-Za-z]{16}\.[0-9A-Za-z+/]{6}==",
    max_chars=40,
    keywords=("WPL_AP",),
    binary=True,
    remediation=f"{REVOKE}: the developer portal, Auth.",
    references=(
        "https://learn.microsoft.com/en-us/linkedin/shared/authentication/client-credentials-flow",
    ),
    bad=lambda random: assigned(random, "linkedin", _token(random)),
    good=lambda random: assigned(random, "linkedin", unlike(random, "WPL_AP1.", 24)),
)
def linkedin_client_secret(value: str) -> Claim | None:
    """Together with the client's id it asks for tokens in the application's name."""
    return NOTHING_MORE if is_drawn(value) else None
