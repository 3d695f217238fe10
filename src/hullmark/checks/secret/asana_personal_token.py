"""Asana: personal access tokens, which begin with their owner's number."""

from random import Random

from hullmark.checks.declare import REVOKE, secret
from hullmark.checks.drawing import HEX, assigned, number, text, unlike
from hullmark.checks.forms import near
from hullmark.checks.kinds import NOTHING_MORE, Claim
from hullmark.checks.proofs import is_drawn


def _token(random: Random) -> str:
    return random.choice(
        (
            f"1/{number(random, 16)}:{text(random, 32, HEX)}",
            f"2/{number(random, 16)}/{number(random, 16)}:{text(random, 32, HEX)}",
        )
    )


@secret(
    id="asana-personal-token",
    title="Asana personal access token",
    **near(
        *("asana", "ASANA", "Asana"),
        value=r"[12]/[0-9]{15,17}(?:/[0-9]{15,17})?:[0-9a-f]{32}\b",
        chars=72,
    ),
    entropy=3.0,
    remediation=f"{REVOKE}: My apps, Personal access tokens.",
    references=("https://developers.asana.com/docs/personal-access-token",),
    bad=lambda random: assigned(random, "asana", _token(random)),
    good=lambda random: assigned(random, "asana", unlike(random, "1/", 32, HEX)),
)
def asana_personal_token(value: str) -> Claim | None:
    """Whoever holds it reads and changes all tasks and projects that its owner may."""
    return NOTHING_MORE if is_drawn(value) else None
