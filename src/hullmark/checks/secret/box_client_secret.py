"""Box: secrets of applications."""

from random import Random

from hullmark.checks.declare import REVOKE, secret
from hullmark.checks.drawing import given, misfit, text
from hullmark.checks.forms import named
from hullmark.checks.kinds import NOTHING_MORE, Claim
from hullmark.checks.proofs import is_drawn

NAMES = (
    "BOX_CLIENT_SECRET",
    "box.client-secret",
    "boxClientSecret",
)


def _token(random: Random) -> str:
    return text(random, 32)


@secret(
    id="box-client-secret",
    title="Box client secret",
    **named(
        "box_client",
        "box_app",
        "boxsdk",
        "box_api",
        value=r"[0-9A-Za-z]{32}",
        chars=32,
        words="secret",
    ),
    entropy=3.8,
    remediation=f"{REVOKE}: the Developer Console.",
    references=("https://developer.box.com/guides/authentication/",),
    bad=lambda random: given(random, NAMES, _token(random)),
    good=lambda random: given(random, NAMES, misfit(random, 32)),
)
def box_client_secret(value: str) -> Claim | None:
    """Together with the client's id it asks for tokens in the application's name."""
    if value.islower() or value.isupper() or not any(map(str.isdigit, value)):
        return None
    return NOTHING_MORE if is_drawn(value) else None
