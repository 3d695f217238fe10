"""age: identities (X25519)."""

from random import Random

from hullmark.checks.checksums import bech32_text, is_bech32
from hullmark.checks.declare import secret
from hullmark.checks.drawing import assigned
from hullmark.checks.kinds import Claim
from hullmark.model import Severity
from hullmark.model.rule import Confidence


def _key(random: Random) -> str:
    return bech32_text("age-secret-key-", random.randbytes(32)).upper()


def _forged(random: Random) -> str:
    key = _key(random)
    return key[:-1] + ("Q" if key[-1] != "Q" else "P")


@secret(
    id="age-secret-key",
    title="age identity",
    severity=Severity.HIGH,
    confidence=Confidence.CERTAIN,
    pattern=r"\b(AGE-SECRET-KEY-1[02-9AC-HJ-NP-Z]{58})\b",
    anchor=r"AGE-SECRET-KEY-1[02-9AC-HJ-NP-Z]{58}",
    max_chars=74,
    keywords=("AGE-SECRET-KEY-1",),
    binary=True,
    path="root/.config/sops/age/keys.txt",
    remediation=(
        "Make a new identity, encrypt everything to it anew, and change all secrets that "
        "this one opens."
    ),
    references=("https://age-encryption.org/v1",),
    bad=lambda random: random.choice(
        (f"# created: 2024-03-05\n{_key(random)}", assigned(random, "sops_age", _key(random)))
    ),
    good=lambda random: random.choice(
        (
            _forged(random),
            "AGE-SECRET-KEY-1...",
            bech32_text("age", random.randbytes(32)),
            _key(random)[:60],
        )
    ),
)
def age_secret_key(value: str) -> Claim | None:
    """Whoever holds it reads every file that was encrypted to it, such as secrets kept by SOPS.

    It ends in a checksum, so one that was made up is passed over.
    """
    return Claim(says="its checksum holds") if is_bech32(value) else None
