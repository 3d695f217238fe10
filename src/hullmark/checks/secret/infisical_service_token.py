"""Infisical service token."""

from random import Random

from hullmark.checks.declare import REVOKE, secret
from hullmark.checks.drawing import HEX, assigned, text, unlike
from hullmark.checks.kinds import NOTHING_MORE, Claim
from hullmark.model import Severity


def _token(random: Random) -> str:
    return f"st.{text(random, 24, HEX)}.{text(random, 32, HEX)}.{text(random, 32, HEX)}"


@secret(
    id="infisical-service-token",
    title="Infisical service token",
    severity=Severity.CRITICAL,
    pattern=r"\b(st\.[0-9a-f]{24}\.[0-9a-f]{32}\.[0-9a-f]{32})\b",
    anchor=r"st\.[0-9a-f]{24}\.[0-9a-f]{32}\.[0-9a-f]{32}",
    max_chars=94,
    keywords=("st.",),
    remediation=f"{REVOKE}: Infisical, the project, Access Control.",
    references=("https://infisical.com/docs/documentation/platform/token",),
    bad=lambda random: assigned(random, "infisical", _token(random)),
    good=lambda random: assigned(random, "infisical", unlike(random, "st.", 80, HEX)),
)
def infisical_service_token(_: str) -> Claim | None:
    """It opens a project's secrets in Infisical.

    The token holds the key that decrypts them, too.
    """
    return NOTHING_MORE
