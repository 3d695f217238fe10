"""Vault batch token."""

from random import Random

from hullmark.checks.declare import REVOKE, secret
from hullmark.checks.drawing import BASE64URL, assigned, text, unlike
from hullmark.checks.kinds import NOTHING_MORE, Claim
from hullmark.model import Severity


def _token(random: Random) -> str:
    return f"hvb.{text(random, random.randint(130, 300), BASE64URL)}"


@secret(
    id="vault-batch-token",
    title="Vault batch token",
    severity=Severity.CRITICAL,
    pattern=r"\b(hvb\.[0-9A-Za-z_-]{130,300})",
    anchor=r"hvb\.[0-9A-Za-z_-]{130}",
    max_chars=305,
    keywords=("hvb.",),
    entropy=4.0,
    remediation=f"{REVOKE}: Vault: revoke the parent of the token, and change what it read.",
    references=("https://developer.hashicorp.com/vault/docs/concepts/tokens",),
    bad=lambda random: assigned(random, "vault", _token(random)),
    good=lambda random: assigned(random, "vault", unlike(random, "hvb.", 130, BASE64URL)),
)
def vault_batch_token(_: str) -> Claim | None:
    """It opens Vault until it expires, for it cannot be revoked.

    Whoever holds it reads the secrets that its policies allow.
    """
    return NOTHING_MORE
