"""Auth0: secrets of applications."""

from random import Random

from hullmark.checks.declare import REVOKE, secret
from hullmark.checks.drawing import given, misfit, text
from hullmark.checks.forms import named
from hullmark.checks.kinds import NOTHING_MORE, Claim
from hullmark.checks.proofs import is_drawn

NAMES = (
    "AUTH0_CLIENT_SECRET",
    "auth0.clientSecret",
    "auth0_secret",
)


def _token(random: Random) -> str:
    return text(random, 64)


@secret(
    id="auth0-client-secret",
    title="Auth0 client secret",
    **named(
        "auth0", value=r"[0-9A-Za-z_-]{64}", chars=64, words="secret", end=r"(?:[^0-9A-Za-z_-]|$)"
    ),
    entropy=4.3,
    remediation=f"{REVOKE}: the application's settings, Rotate secret.",
    references=("https://auth0.com/docs/get-started/applications/rotate-client-secret",),
    bad=lambda random: given(random, NAMES, _token(random)),
    good=lambda random: given(random, NAMES, misfit(random, 64)),
)
def auth0_client_secret(value: str) -> Claim | None:
    """Together with the client's id it asks for tokens in the application's name.

    They may be of the management API.
    """
    return NOTHING_MORE if is_drawn(value) else None
