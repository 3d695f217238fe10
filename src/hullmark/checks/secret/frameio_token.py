"""Frame.io: developer tokens."""

from random import Random

from hullmark.checks.declare import REVOKE, secret
from hullmark.checks.drawing import BASE64URL, assigned, text, unlike
from hullmark.checks.kinds import NOTHING_MORE, Claim
from hullmark.checks.proofs import is_drawn


def _token(random: Random) -> str:
    return f"fio-u-{text(random, 64, BASE64URL)}"


@secret(
    id="frameio-token",
    title="Frame.io developer token",
    pattern=r"\b(fio-u-[0-9A-Za-z_-]{64})(?:[^0-9A-Za-z_-]|$)",
    anchor=r"fio-u-[0-9A-Za-z_-]{64}",
    max_chars=72,
    keywords=("fio-u-",),
    binary=True,
    remediation=f"{REVOKE}: the developer site, Tokens.",
    references=("https://developer.frame.io/docs/getting-started/authentication",),
    bad=lambda random: assigned(random, "frameio", _token(random)),
    good=lambda random: assigned(random, "frameio", unlike(random, "fio-u-", 64, BASE64URL)),
)
def frameio_token(value: str) -> Claim | None:
    """Whoever holds it reads and changes the account's videos."""
    return NOTHING_MORE if is_drawn(value) else None
