"""Stellar: secret seeds (strkey)."""

from random import Random

from hullmark.checks.checksums import base32_bytes, base32_text
from hullmark.checks.declare import secret
from hullmark.checks.drawing import BASE32, assigned, text
from hullmark.checks.forms import named
from hullmark.checks.kinds import Claim
from hullmark.model import Severity
from hullmark.model.rule import Confidence

VERSION = 18 << 3


def _seed(random: Random) -> str:
    return base32_text(bytes((VERSION,)) + random.randbytes(32))


@secret(
    id="stellar-secret-seed",
    title="Stellar secret seed",
    severity=Severity.CRITICAL,
    confidence=Confidence.CERTAIN,
    **named(
        *("stellar", "soroban", "horizon", "secret_seed", "secret_key"),
        value="S[ABCD][A-Z2-7]{54}",
        chars=56,
        words="",
        common=True,
    ),
    entropy=3.8,
    remediation="Move what the account holds to a new one, or replace its signers.",
    references=(
        "https://developers.stellar.org/docs/learn/fundamentals/stellar-data-structures/accounts",
    ),
    bad=lambda random: assigned(random, "stellar", _seed(random)),
    good=lambda random: assigned(
        random,
        "stellar",
        random.choice(
            (f"S{text(random, 55, BASE32)}", f"G{_seed(random)[1:]}", _seed(random)[:50])
        ),
    ),
)
def stellar_secret_seed(value: str) -> Claim | None:
    """Whoever holds it moves everything that its account holds.

    It is looked for behind words such as stellar and secret seed. It ends in a checksum, so text
    that only looks like one is passed over.
    """
    data = base32_bytes(value)
    return Claim(says="its checksum holds") if data and data[0] == VERSION else None
