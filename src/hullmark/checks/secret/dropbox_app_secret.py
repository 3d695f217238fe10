"""Dropbox: secrets of apps."""

from random import Random

from hullmark.checks.declare import REVOKE, secret
from hullmark.checks.drawing import LOWER, given, misfit, text
from hullmark.checks.forms import named
from hullmark.checks.kinds import NOTHING_MORE, Claim
from hullmark.checks.proofs import is_drawn

NAMES = (
    "DROPBOX_APP_SECRET",
    "dropbox.app_secret",
    "dropboxAppSecret",
)


def _token(random: Random) -> str:
    return text(random, 15, LOWER)


@secret(
    id="dropbox-app-secret",
    title="Dropbox app secret",
    **named("dropbox", value=r"[0-9a-z]{15}", chars=15, words="secret"),
    entropy=3.0,
    remediation=f"{REVOKE}: the App Console.",
    references=("https://developers.dropbox.com/oauth-guide",),
    bad=lambda random: given(random, NAMES, _token(random)),
    good=lambda random: given(random, NAMES, misfit(random, 15, LOWER)),
)
def dropbox_app_secret(value: str) -> Claim | None:
    """Together with the app's key it asks for tokens in the app's name."""
    if value.isalpha() or value.isdigit():
        return None
    return NOTHING_MORE if is_drawn(value) else None
