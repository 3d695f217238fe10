"""The token that Vault's command line keeps of a login."""

from collections.abc import Iterator
from re import compile as regex

from hullmark.checks.declare import file_check
from hullmark.checks.samples import text
from hullmark.model import Evidence, File, Severity
from hullmark.model.finding import Kind
from hullmark.model.rule import Confidence

MAX_READ_BYTES = 4096

_token = regex(rb"(hv[sbr]\.|[sbr]\.)?[\w.-]{24,2000}\s{0,8}").fullmatch


def _bad() -> tuple[File, ...]:
    return (
        text("root/.vault-token", "hvs." + "Q7r" * 30),
        text("home/app/.vault-token", "s." + "b9Xk" * 6),
        text("root/.vault-token", "8c1d7a5e-3b2f-4e6a-9d0c-51f2a7b3c4d5"),
    )


def _good() -> tuple[File, ...]:
    return (
        text("root/.vault-token", ""),
        text("root/.vault-token", "${VAULT_TOKEN}"),
    )


@file_check(
    id="shipped-vault-token",
    title="The image holds somebody's login to Vault",
    kind=Kind.SECRET,
    severity=Severity.HIGH,
    confidence=Confidence.LIKELY,
    names=("**/.vault-token",),
    bad=_bad,
    good=_good,
    remediation="Revoke the token with `vault token revoke`, and remove the file from all layers.",
    references=("https://developer.hashicorp.com/vault/docs/commands#token-helper",),
)
def shipped_vault_token(file: File) -> Iterator[Evidence]:
    """Whoever has it reads the secrets that its owner may read, until it expires or is revoked.

    A root token, as one that started a test server, never expires.
    """
    found = _token(file.read(0, MAX_READ_BYTES)) if file.size <= MAX_READ_BYTES else None
    if found is None:
        return
    kinds = {b"hvs.": "a service token", b"s.": "a service token", b"hvb.": "a batch token"}
    yield Evidence(at="", says=kinds.get(found[1], "a token of Vault"))
