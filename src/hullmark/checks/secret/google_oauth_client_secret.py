"""Google OAuth client secret."""

from random import Random

from hullmark.checks.declare import REVOKE, secret
from hullmark.checks.drawing import BASE64URL, assigned, text, unlike
from hullmark.checks.kinds import NOTHING_MORE, Claim


def _token(random: Random) -> str:
    return f"GOCSPX-{text(random, 28, BASE64URL)}"


@secret(
    id="google-oauth-client-secret",
    title="Google OAuth client secret",
    pattern=r"\b(GOCSPX-[0-9A-Za-z_-]{28})(?:[^0-9A-Za-z_-]|$)",
    anchor=r"GOCSPX-[0-9A-Za-z_-]{28}",
    max_chars=37,
    keywords=("GOCSPX-",),
    binary=True,
    remediation=f"{REVOKE}: Google Cloud console, APIs & Services, Credentials.",
    references=("https://developers.google.com/identity/protocols/oauth2",),
    bad=lambda random: assigned(random, "google", _token(random)),
    good=lambda random: assigned(random, "google", unlike(random, "GOCSPX-", 28, BASE64URL)),
)
def google_oauth_client_secret(_: str) -> Claim | None:
    """It proves to Google that a program is a registered client.

    With a stolen code or refresh token, whoever holds it gets tokens of users.
    """
    return NOTHING_MORE
