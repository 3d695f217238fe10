"""Adafruit IO: keys of accounts."""

from random import Random

from hullmark.checks.declare import REVOKE, secret
from hullmark.checks.drawing import assigned, number, text, unlike
from hullmark.checks.kinds import NOTHING_MORE, Claim
from hullmark.checks.proofs import is_drawn


def _token(random: Random) -> str:
    return f"aio_{text(random, 4)}{number(random, 2)}{text(random, 22)}"


@secret(
    id="adafruit-io-key",
    title="Adafruit IO key",
    pattern=r"\b(aio_[0-9A-Za-z]{28})\b",
    anchor=r"aio_[0-9A-Za-z]{28}",
    max_chars=36,
    keywords=("aio_",),
    entropy=3.7,
    remediation=f"{REVOKE}: the profile, My Key.",
    references=("https://io.adafruit.com/api/docs/#authentication",),
    bad=lambda random: assigned(random, "adafruit", _token(random)),
    good=lambda random: assigned(random, "adafruit", unlike(random, "aio_", 28)),
)
def adafruit_io_key(value: str) -> Claim | None:
    """Whoever holds it reads and changes the feeds of its owner's devices."""
    if value.islower() or value.isupper() or not any(map(str.isdigit, value)):
        return None
    return NOTHING_MORE if is_drawn(value) else None
