"""Akamai EdgeGrid token."""

from random import Random

from hullmark.checks.declare import REVOKE, secret
from hullmark.checks.drawing import LOWER, assigned, text, unlike
from hullmark.checks.kinds import NOTHING_MORE, Claim
from hullmark.model import Severity


def _token(random: Random) -> str:
    return f"akab-{text(random, 16, LOWER)}-{text(random, 16, LOWER)}"


@secret(
    id="akamai-access-token",
    title="Akamai EdgeGrid token",
    severity=Severity.MEDIUM,
    pattern=r"\b(akab-[0-9a-z]{16}-[0-9a-z]{16})\b",
    anchor=r"akab-[0-9a-z]{16}-[0-9a-z]{16}",
    max_chars=38,
    keywords=("akab-",),
    remediation=f"{REVOKE}: Akamai Control Center, Identity & access.",
    references=("https://techdocs.akamai.com/developer/docs/set-up-authentication-credentials",),
    bad=lambda random: assigned(random, "akamai", _token(random)),
    good=lambda random: assigned(random, "akamai", unlike(random, "akab-", 30, LOWER)),
)
def akamai_access_token(_: str) -> Claim | None:
    """It names a client of Akamai's interfaces.

    With the secret that is usually kept beside it, whoever reads it acts as that client.
    """
    return NOTHING_MORE
