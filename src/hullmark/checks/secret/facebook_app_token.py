"""Facebook: tokens of apps, or an app's number with its secret."""

from random import Random

from hullmark.checks.declare import REVOKE, secret
from hullmark.checks.drawing import assigned, number, text, unlike
from hullmark.checks.forms import near
from hullmark.checks.kinds import NOTHING_MORE, Claim
from hullmark.checks.proofs import is_drawn


def _token(random: Random) -> str:
    return f"{number(random, 16)}|{text(random, 27)}"


@secret(
    id="facebook-app-token",
    title="Facebook app access token",
    **near(
        *("facebook", "FACEBOOK", "Facebook", "fb_app", "FB_APP", "fb-app", "fbApp", "graph.fb"),
        value=r"[0-9]{15,16}\|[0-9A-Za-z_-]{27}\b",
        chars=48,
    ),
    entropy=3.8,
    remediation=f"{REVOKE}: the app's dashboard, Settings, Basic.",
    references=(
        "https://developers.facebook.com/docs/facebook-login/guides/access-tokens/#apptokens",
    ),
    bad=lambda random: assigned(random, "facebook", _token(random)),
    good=lambda random: assigned(random, "facebook", unlike(random, "1234|", 27)),
)
def facebook_app_token(value: str) -> Claim | None:
    """Whoever holds it acts as the app. They change its settings and see who uses it."""
    return NOTHING_MORE if is_drawn(value) else None
