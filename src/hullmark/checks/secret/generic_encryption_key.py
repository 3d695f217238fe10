"""Encryption keys by the name of what they are given to."""

from hullmark.checks.declare import secret
from hullmark.checks.kinds import Claim
from hullmark.checks.passwords import given, given_to, not_given_to, random_value
from hullmark.model import Severity
from hullmark.model.rule import Confidence


@secret(
    id="generic-encryption-key",
    title="Value that looks like an encryption key",
    severity=Severity.MEDIUM,
    confidence=Confidence.POSSIBLE,
    generic=True,
    entropy=3.3,
    **given(
        "encryption_key",
        "encrypt_key",
        "crypt_key",
        "cipher_key",
        "aes_key",
        "hmac_key",
        "hash_salt",
        "blowfish_secret",
    ),
    path="app/config.py",
    remediation=(
        "Change it where it is checked, and read it from the environment of the run or a "
        "secret store."
    ),
    references=(
        "https://cheatsheetseries.owasp.org/cheatsheets/Secrets_Management_Cheat_Sheet.html",
    ),
    bad=lambda random: given_to(random, "encryption_key"),
    good=lambda random: not_given_to(random, "encryption_key"),
)
def generic_encryption_key(value: str) -> Claim | None:
    """It is called a key of a cipher: whoever reads it may decrypt what that protects."""
    return random_value(value)
