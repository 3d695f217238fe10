"""Nebula: keys of hosts and authorities."""

from random import Random

from hullmark.checks import pem
from hullmark.checks.declare import secret
from hullmark.checks.kinds import Claim
from hullmark.model import Severity
from hullmark.model.rule import Confidence

LABEL = "NEBULA (?:X25519|ED25519|ECDSA P256|P256) PRIVATE KEY"
SIZES = (32, 64)


def _key(random: Random, kind: str, size: int) -> str:
    return pem.written(random, f"NEBULA {kind}", random.randbytes(size))


@secret(
    id="nebula-private-key",
    title="Nebula private key",
    severity=Severity.HIGH,
    confidence=Confidence.CERTAIN,
    pattern=pem.pattern(LABEL),
    anchor="-----BEGIN NEBULA ",
    max_chars=300,
    keywords=("BEGIN NEBULA ",),
    path="etc/nebula/host.key",
    remediation=(
        "Block the certificate of the host, or roll the authority over where it is the "
        "authority's key, and mount keys when the container runs."
    ),
    references=("https://nebula.defined.net/docs/",),
    bad=lambda random: random.choice(
        (_key(random, "X25519 PRIVATE KEY", 32), _key(random, "ED25519 PRIVATE KEY", 64))
    ),
    good=lambda random: random.choice(
        (
            _key(random, "X25519 PUBLIC KEY", 32),
            _key(random, "CERTIFICATE", 120),
            _key(random, "ED25519 PRIVATE KEY", 20),
        )
    ),
)
def nebula_private_key(value: str) -> Claim | None:
    """Whoever holds it joins the network as this host, or signs hosts into it."""
    size = len(pem.body(value))
    if size not in SIZES:
        return None
    if size == max(SIZES):
        return Claim(says="of an authority", severity=Severity.CRITICAL)
    return Claim(says="of a host")
