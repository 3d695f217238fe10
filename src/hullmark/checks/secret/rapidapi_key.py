"""RapidAPI: keys of applications."""

from random import Random

from hullmark.checks.declare import REVOKE, secret
from hullmark.checks.drawing import LOWER, assigned, text
from hullmark.checks.kinds import NOTHING_MORE, Claim
from hullmark.checks.proofs import is_drawn
from hullmark.model import Severity


def _token(random: Random) -> str:
    head, middle = text(random, 10, LOWER), text(random, 15, LOWER)
    return f"{head}msh{middle}p1{text(random, 6, LOWER)}jsn{text(random, 12, LOWER)}"


def _lookalike(random: Random) -> str:
    token = _token(random)
    return random.choice(
        (
            token[:-3],
            text(random, 50, LOWER),
            "${RAPIDAPI_KEY}",
            token.replace("jsn", "json"),
        )
    )


@secret(
    id="rapidapi-key",
    title="RapidAPI key",
    severity=Severity.MEDIUM,
    pattern=r"\b([0-9a-z]{10}msh[0-9a-z]{15}p1[0-9a-z]{6}jsn[0-9a-z]{12})\b",
    anchor=r"msh[0-9a-z]{15}p1[0-9a-z]{6}jsn[0-9a-z]{12}",
    max_chars=54,
    keywords=("msh",),
    binary=True,
    remediation=f"{REVOKE}: the developer dashboard, the app's Authorization.",
    references=("https://docs.rapidapi.com/docs/keys",),
    bad=lambda random: assigned(random, "rapidapi", _token(random)),
    good=lambda random: assigned(random, "rapidapi", _lookalike(random)),
)
def rapidapi_key(value: str) -> Claim | None:
    """Whoever holds it calls the interfaces that the application subscribed to, at its cost."""
    return NOTHING_MORE if is_drawn(value) else None
