"""Nostr: secret keys (NIP-19)."""

from random import Random

from hullmark.checks.checksums import bech32_text, is_bech32
from hullmark.checks.declare import secret
from hullmark.checks.drawing import assigned, text
from hullmark.checks.kinds import Claim
from hullmark.model import Severity
from hullmark.model.rule import Confidence


def _key(random: Random, prefix: str = "nsec") -> str:
    return bech32_text(prefix, random.randbytes(32))


@secret(
    id="nostr-secret-key",
    title="Nostr secret key",
    severity=Severity.MEDIUM,
    confidence=Confidence.CERTAIN,
    pattern=r"\b(nsec1[02-9ac-hj-np-z]{58})\b",
    anchor=r"nsec1[02-9ac-hj-np-z]{58}",
    max_chars=63,
    keywords=("nsec1",),
    binary=True,
    remediation="Tell your followers of a new key: there is nobody who could block the old one.",
    references=("https://github.com/nostr-protocol/nips/blob/master/19.md",),
    bad=lambda random: assigned(random, "nostr", _key(random)),
    good=lambda random: assigned(
        random,
        "nostr",
        random.choice(
            (
                _key(random, "npub"),
                _key(random)[:-1] + "!",
                f"nsec1{text(random, 58, '02359acdefghjk')}",
            )
        ),
    ),
)
def nostr_secret_key(value: str) -> Claim | None:
    """Whoever holds it writes in its owner's name, and reads their private messages."""
    return Claim(says="its checksum holds") if is_bech32(value) else None
