"""Facebook: access tokens of people, pages and apps."""

from random import Random

from hullmark.checks.declare import REVOKE, secret
from hullmark.checks.drawing import assigned, text, unlike
from hullmark.checks.kinds import NOTHING_MORE, Claim
from hullmark.checks.proofs import is_drawn


def _token(random: Random) -> str:
    return f"EAA{text(random, 110)}"


@secret(
    id="facebook-access-token",
    title="Facebook access token",
    pattern=r"\b(EAA[0-9A-Za-z]{110,300})\b",
    anchor=r"EAA[0-9A-Za-z]{110}",
    max_chars=305,
    keywords=("EAA",),
    entropy=4.2,
    remediation=f"{REVOKE}: the person's settings, Business integrations.",
    references=("https://developers.facebook.com/docs/facebook-login/guides/access-tokens/",),
    bad=lambda random: assigned(random, "facebook", _token(random)),
    good=lambda random: assigned(random, "facebook", unlike(random, "EAA", 110)),
)
def facebook_access_token(value: str) -> Claim | None:
    """Whoever holds it acts as the person or the page, as far as was granted."""
    return NOTHING_MORE if is_drawn(value) else None
