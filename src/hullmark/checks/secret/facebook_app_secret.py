"""Facebook: secrets of apps."""

from random import Random

from hullmark.checks.declare import REVOKE, secret
from hullmark.checks.drawing import HEX, given, misfit, text
from hullmark.checks.forms import named
from hullmark.checks.kinds import NOTHING_MORE, Claim
from hullmark.checks.proofs import is_drawn

NAMES = (
    "FACEBOOK_APP_SECRET",
    "FB_APP_SECRET",
    "facebook.secret",
)


def _token(random: Random) -> str:
    return text(random, 32, HEX)


@secret(
    id="facebook-app-secret",
    title="Facebook app secret",
    **named("facebook", "fb_app", "instagram", value=r"[0-9a-f]{32}", chars=32, words="secret"),
    entropy=3.0,
    remediation=f"{REVOKE}: the app's dashboard, Settings, Basic.",
    references=(
        "https://developers.facebook.com/docs/development/create-an-app/app-dashboard/basic-settings/",
    ),
    bad=lambda random: given(random, NAMES, _token(random)),
    good=lambda random: given(random, NAMES, misfit(random, 32, HEX)),
)
def facebook_app_secret(value: str) -> Claim | None:
    """Together with the app's number it acts as the app."""
    return NOTHING_MORE if is_drawn(value) else None
