"""Square: access tokens of sellers and applications."""

from random import Random

from hullmark.checks.declare import REVOKE, secret
from hullmark.checks.drawing import assigned, text, unlike
from hullmark.checks.kinds import NOTHING_MORE, Claim
from hullmark.checks.proofs import is_drawn
from hullmark.model import Severity


def _token(random: Random) -> str:
    return random.choice((f"EAAA{text(random, 60)}", f"sq0atp-{text(random, 22)}"))


@secret(
    id="square-access-token",
    title="Square access token",
    severity=Severity.CRITICAL,
    pattern=r"(?:^|[^0-9A-Za-z_/+-])(EAAA[0-9A-Za-z_-]{60}|sq0atp-[0-9A-Za-z_-]{22})(?:[^0-9A-Za-z_-]|$)",
    anchor=r"(?:EAAA[0-9A-Za-z_-]{60}|sq0atp-[0-9A-Za-z_-]{22})",
    max_chars=68,
    keywords=(
        "EAAA",
        "sq0atp-",
    ),
    entropy=3.7,
    remediation=f"{REVOKE}: the Developer Console, Credentials.",
    references=("https://developer.squareup.com/docs/build-basics/access-tokens",),
    bad=lambda random: assigned(random, "square", _token(random)),
    good=lambda random: assigned(random, "square", unlike(random, "EAAA", 56)),
)
def square_access_token(value: str) -> Claim | None:
    """Whoever holds it reads the shop's payments and customers, takes payments and refunds."""
    return NOTHING_MORE if is_drawn(value) else None
