"""Vault service token."""

from random import Random

from hullmark.checks.declare import REVOKE, secret
from hullmark.checks.drawing import BASE64URL, assigned, text, unlike
from hullmark.checks.kinds import NOTHING_MORE, Claim
from hullmark.model import Severity


def _token(random: Random) -> str:
    return f"hvs.{text(random, random.randint(90, 130), BASE64URL)}"


@secret(
    id="vault-service-token",
    title="Vault service token",
    severity=Severity.CRITICAL,
    pattern=r"\b(hvs\.[0-9A-Za-z_-]{90,130})",
    anchor=r"hvs\.[0-9A-Za-z_-]{90}",
    max_chars=135,
    keywords=("hvs.",),
    entropy=4.0,
    remediation=f"{REVOKE}: Vault: vault token revoke.",
    references=("https://developer.hashicorp.com/vault/docs/concepts/tokens",),
    bad=lambda random: assigned(random, "vault", _token(random)),
    good=lambda random: assigned(random, "vault", unlike(random, "hvs.", 90, BASE64URL)),
)
def vault_service_token(_: str) -> Claim | None:
    """It opens Vault.

    Whoever holds it reads the secrets that its policies allow, and may renew it.
    """
    return NOTHING_MORE
