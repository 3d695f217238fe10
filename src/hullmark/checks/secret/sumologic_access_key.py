"""Sumo Logic: access keys."""

from random import Random

from hullmark.checks.declare import REVOKE, secret
from hullmark.checks.drawing import given, misfit, text
from hullmark.checks.forms import named
from hullmark.checks.kinds import NOTHING_MORE, Claim
from hullmark.checks.proofs import is_drawn

NAMES = (
    "SUMOLOGIC_ACCESSKEY",
    "SUMO_LOGIC_ACCESS_KEY",
    "sumologic.key",
)


def _token(random: Random) -> str:
    return text(random, 64)


@secret(
    id="sumologic-access-key",
    title="Sumo Logic access key",
    **named(
        "sumo_logic",
        "sumologic",
        "sumo_access",
        "sumo_key",
        value=r"[0-9A-Za-z]{64}",
        chars=64,
        words="",
    ),
    entropy=4.2,
    remediation=f"{REVOKE}: Preferences, My Access Keys.",
    references=("https://help.sumologic.com/docs/manage/security/access-keys/",),
    bad=lambda random: given(random, NAMES, _token(random)),
    good=lambda random: given(random, NAMES, misfit(random, 64)),
)
def sumologic_access_key(value: str) -> Claim | None:
    """Together with its id it reads all logs of the account and changes collectors."""
    return NOTHING_MORE if is_drawn(value) else None
