"""Bitwarden: access tokens of machine accounts, with the key that decrypts."""

from random import Random

from hullmark.checks.declare import REVOKE, secret
from hullmark.checks.drawing import assigned, text, unlike, uuid
from hullmark.checks.forms import near
from hullmark.checks.kinds import NOTHING_MORE, Claim
from hullmark.checks.proofs import is_drawn
from hullmark.model import Severity


def _token(random: Random) -> str:
    return f"0.{uuid(random)}.{text(random, 30)}:{text(random, 22)}=="


@secret(
    id="bitwarden-access-token",
    title="Bitwarden Secrets Manager token",
    severity=Severity.CRITICAL,
    **near(
        *("bitwarden", "BITWARDEN", "Bitwarden", "BWS_", "bws_", "bws ", "bws-"),
        value=r"0\.[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}\.[0-9A-Za-z]{30}:[0-9A-Za-z+/]{22}==",
        chars=100,
    ),
    binary=True,
    remediation=f"{REVOKE}: the machine account's access tokens.",
    references=("https://bitwarden.com/help/access-tokens/",),
    bad=lambda random: assigned(random, "bitwarden", _token(random)),
    good=lambda random: assigned(random, "bitwarden", unlike(random, "0.", 90)),
)
def bitwarden_access_token(value: str) -> Claim | None:
    """Whoever holds it reads and decrypts every secret that the machine account may."""
    return NOTHING_MORE if is_drawn(value) else None
