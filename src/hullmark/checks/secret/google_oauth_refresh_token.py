"""Google OAuth refresh token."""

from random import Random

from hullmark.checks.declare import REVOKE, secret
from hullmark.checks.drawing import BASE64URL, text, unlike
from hullmark.checks.kinds import NOTHING_MORE, Claim
from hullmark.model import Severity


def _token(random: Random) -> str:
    return f"1//0{text(random, 60, BASE64URL)}"


@secret(
    id="google-oauth-refresh-token",
    title="Google OAuth refresh token",
    severity=Severity.CRITICAL,
    pattern=r"(?:^|[^0-9A-Za-z/])(1//0[0-9A-Za-z_-]{50,200})",
    anchor=r"1//0[0-9A-Za-z_-]{50}",
    max_chars=206,
    keywords=("1//0",),
    path="root/.config/gcloud/application_default_credentials.json",
    entropy=4.2,
    remediation=f"{REVOKE}: the Google account, Security, Third-party apps.",
    references=("https://developers.google.com/identity/protocols/oauth2",),
    bad=lambda random: f'  "refresh_token": "{_token(random)}",',
    good=lambda random: f'  "refresh_token": "{unlike(random, "1//0", 50, BASE64URL)}",',
)
def google_oauth_refresh_token(_: str) -> Claim | None:
    """It buys access tokens of a Google account until it is revoked.

    Command line tools keep one in their credentials.
    """
    return NOTHING_MORE
