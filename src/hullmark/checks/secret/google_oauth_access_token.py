"""Google OAuth access token."""

from random import Random

from hullmark.checks.declare import secret
from hullmark.checks.drawing import BASE64URL, assigned, text, unlike
from hullmark.checks.kinds import NOTHING_MORE, Claim
from hullmark.model import Severity


def _token(random: Random) -> str:
    return f"ya29.{text(random, 180, BASE64URL)}"


@secret(
    id="google-oauth-access-token",
    title="Google OAuth access token",
    severity=Severity.MEDIUM,
    pattern=r"\b(ya29\.[0-9A-Za-z_-]{60}[0-9A-Za-z_-]*)",
    anchor=r"ya29\.[0-9A-Za-z_-]{60}",
    max_chars=1006,
    keywords=("ya29.",),
    entropy=4.0,
    remediation="Let it expire, and keep credentials out of files that are shipped.",
    references=("https://developers.google.com/identity/protocols/oauth2",),
    bad=lambda random: assigned(random, "google", _token(random)),
    good=lambda random: assigned(random, "google", unlike(random, "ya29.", 60, BASE64URL)),
)
def google_oauth_access_token(_: str) -> Claim | None:
    """It acts as a Google account or a service account for an hour.

    One in a file tells that they are written into files.
    """
    return NOTHING_MORE
