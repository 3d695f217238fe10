"""Vault token of the older form."""

from random import Random

from hullmark.checks.declare import REVOKE, secret
from hullmark.checks.drawing import text, uuid
from hullmark.checks.forms import named
from hullmark.checks.kinds import NOTHING_MORE, Claim
from hullmark.model import Severity


def _token(random: Random) -> str:
    return f"{random.choice('sbr')}.{text(random, 24)}"


def _other(random: Random) -> str:
    return random.choice(
        (
            f"s.{text(random, 10)}",
            "s.xxxxxxxxxxxxxxxxxxxxxxxx",
            "${VAULT_TOKEN}",
            uuid(random),
        )
    )


def _line(random: Random, value: str) -> str:
    return f"{random.choice(('VAULT_TOKEN=', 'X-Vault-Token: ', 'vault_token: '))}{value}"


@secret(
    id="vault-token-legacy",
    title="Vault token of the older form",
    severity=Severity.CRITICAL,
    **named("vault", "client_token", value=r"[sbr]\.[0-9A-Za-z]{24}", chars=26, words=""),
    entropy=3.5,
    remediation=f"{REVOKE}: Vault: vault token revoke.",
    references=("https://developer.hashicorp.com/vault/docs/concepts/tokens",),
    bad=lambda random: _line(random, _token(random)),
    good=lambda random: _line(random, _other(random)),
)
def vault_token_legacy(_: str) -> Claim | None:
    """It opens Vault.

    Whoever holds it reads the secrets that its policies allow, and may renew it.
    """
    return NOTHING_MORE
