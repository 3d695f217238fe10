"""Zoom: secrets of applications."""

from random import Random

from hullmark.checks.declare import REVOKE, secret
from hullmark.checks.drawing import given, misfit, text
from hullmark.checks.forms import named
from hullmark.checks.kinds import NOTHING_MORE, Claim
from hullmark.checks.proofs import is_drawn

NAMES = (
    "ZOOM_CLIENT_SECRET",
    "zoom.api_secret",
    "zoomApiSecret",
)


def _token(random: Random) -> str:
    return text(random, 32)


@secret(
    id="zoom-client-secret",
    title="Zoom client secret",
    **named(
        "zoom_client",
        "zoom_api",
        "zoom_jwt",
        "zoom_sdk",
        "zoom_app",
        value=r"[0-9A-Za-z]{32,36}",
        chars=36,
        words="secret",
    ),
    entropy=3.8,
    remediation=f"{REVOKE}: the App Marketplace, the app's credentials.",
    references=("https://developers.zoom.us/docs/internal-apps/",),
    bad=lambda random: given(random, NAMES, _token(random)),
    good=lambda random: given(random, NAMES, misfit(random, 28)),
)
def zoom_client_secret(value: str) -> Claim | None:
    """Together with the client's id it asks for tokens: to meetings, recordings and users."""
    if value.islower() or value.isupper() or not any(map(str.isdigit, value)):
        return None
    return NOTHING_MORE if is_drawn(value) else None
