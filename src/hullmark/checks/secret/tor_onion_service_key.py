"""Tor: secret keys of onion services (rend-spec-v3)."""

from hullmark.checks.declare import secret
from hullmark.checks.drawing import text
from hullmark.checks.kinds import NOTHING_MORE, Claim
from hullmark.model import Severity
from hullmark.model.rule import Confidence

HEAD = "== ed25519v1-secret: type0 =="


@secret(
    id="tor-onion-service-key",
    title="Tor onion service key",
    severity=Severity.HIGH,
    confidence=Confidence.CERTAIN,
    pattern=HEAD + r"(\x00{3}[\x00-\xff]{64})",
    anchor=HEAD + r"\x00{3}",
    max_chars=100,
    keywords=(HEAD,),
    binary=True,
    path="var/lib/tor/site/hs_ed25519_secret_key",
    remediation=(
        "Make a new onion address and tell those who use it; the old one can be taken "
        "over for as long as it is known."
    ),
    references=("https://spec.torproject.org/rend-spec/",),
    bad=lambda random: HEAD + "\0\0\0" + text(random, 64),
    good=lambda random: random.choice(
        (
            HEAD.replace("secret", "public") + "\0\0\0" + text(random, 32),
            f'HEADER = "{HEAD}"',
            HEAD + "\0\0\0" + text(random, 8),
        )
    ),
)
def tor_onion_service_key(value: str) -> Claim | None:
    """Whoever holds it is the service behind its onion address."""
    return NOTHING_MORE if any(each != "\0" for each in value) else None
