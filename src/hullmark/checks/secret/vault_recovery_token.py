"""Vault recovery token."""

from random import Random

from hullmark.checks.declare import REVOKE, secret
from hullmark.checks.drawing import BASE64URL, assigned, text, unlike
from hullmark.checks.kinds import NOTHING_MORE, Claim
from hullmark.model import Severity


def _token(random: Random) -> str:
    return f"hvr.{text(random, random.randint(24, 130), BASE64URL)}"


@secret(
    id="vault-recovery-token",
    title="Vault recovery token",
    severity=Severity.CRITICAL,
    pattern=r"\b(hvr\.[0-9A-Za-z_-]{24,130})",
    anchor=r"hvr\.[0-9A-Za-z_-]{24}",
    max_chars=135,
    keywords=("hvr.",),
    entropy=3.6,
    remediation=f"{REVOKE}: Vault: leave recovery mode.",
    references=("https://developer.hashicorp.com/vault/docs/concepts/tokens",),
    bad=lambda random: assigned(random, "vault", _token(random)),
    good=lambda random: assigned(random, "vault", unlike(random, "hvr.", 24, BASE64URL)),
)
def vault_recovery_token(_: str) -> Claim | None:
    """It opens a Vault that is in recovery mode.

    Whoever holds it reads and changes the storage beneath all secrets.
    """
    return NOTHING_MORE
