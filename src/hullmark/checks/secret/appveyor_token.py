"""AppVeyor API token."""

from random import Random

from hullmark.checks.declare import REVOKE, secret
from hullmark.checks.drawing import LOWER, assigned, text, uuid
from hullmark.checks.forms import named
from hullmark.checks.kinds import NOTHING_MORE, Claim
from hullmark.checks.proofs import is_drawn


def _token(random: Random) -> str:
    return "v2." + text(random, 20, LOWER)


def _other(random: Random) -> str:
    return random.choice(
        (
            text(random, 13, LOWER),
            "${APPVEYOR_TOKEN}",
            "x" * 20,
            uuid(random),
            "your_appveyor_token",
        )
    )


@secret(
    id="appveyor-token",
    title="AppVeyor API token",
    **named("appveyor", value=r"v2.[0-9a-z]{20}", chars=23),
    entropy=3.2,
    remediation=f"{REVOKE}: AppVeyor, My Profile, API Keys.",
    references=("https://www.appveyor.com/docs/api/",),
    bad=lambda random: assigned(random, "appveyor", _token(random)),
    good=lambda random: assigned(random, "appveyor", _other(random)),
)
def appveyor_token(value: str) -> Claim | None:
    """It acts as its owner on AppVeyor.

    Whoever holds it starts builds and reads their artifacts.
    """
    return NOTHING_MORE if is_drawn(value) else None
