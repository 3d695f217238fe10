"""Trello: tokens of people."""

from random import Random

from hullmark.checks.declare import REVOKE, secret
from hullmark.checks.drawing import HEX, assigned, text, unlike
from hullmark.checks.kinds import NOTHING_MORE, Claim
from hullmark.checks.proofs import is_drawn


def _token(random: Random) -> str:
    return f"ATTA{text(random, 72, HEX)}"


@secret(
    id="trello-token",
    title="Trello token",
    pattern=r"\b(ATTA[0-9a-f]{72})(?:[^0-9A-Za-z_-]|$)",
    anchor=r"ATTA[0-9a-f]{72}",
    max_chars=78,
    keywords=("ATTA",),
    binary=True,
    remediation=f"{REVOKE}: the person's settings, Applications.",
    references=("https://developer.atlassian.com/cloud/trello/guides/rest-api/authorization/",),
    bad=lambda random: assigned(random, "trello", _token(random)),
    good=lambda random: assigned(random, "trello", unlike(random, "ATTA", 72, HEX)),
)
def trello_token(value: str) -> Claim | None:
    """Together with any application's key it reads and changes the boards of the person."""
    return NOTHING_MORE if is_drawn(value) else None
