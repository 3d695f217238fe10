"""Addresses of the web that carry a password."""

from re import compile as regex

from hullmark.checks.declare import secret
from hullmark.checks.kinds import Claim
from hullmark.checks.passwords import password
from hullmark.checks.urls import address, carrying, harmless
from hullmark.model import Severity

MIN_CHARS = 6

_escaped = regex("%[0-9A-Fa-f]{2}").sub


@secret(
    id="url-credentials",
    title="Web address with a password",
    severity=Severity.MEDIUM,
    generic=True,
    **carrying("https?", r"git\+https?", "wss?", "socks5h?", "proxy"),
    path="app/.env",
    remediation=(
        "Change the password or revoke the token, and hand the address over when the "
        "container runs."
    ),
    references=("https://www.rfc-editor.org/rfc/rfc3986#section-3.2.1",),
    bad=lambda random: address(random, random.choice(("https", "http", "git+https"))),
    good=lambda random: harmless(random, random.choice(("https", "http", "socks5"))),
)
def url_credentials(value: str) -> Claim | None:
    """Whoever reads it calls that service as this user; addresses end up in logs too."""
    plain = _escaped("", value)
    if len(plain) < MIN_CHARS or plain.isalpha() or plain.isdigit():
        return None
    return password(value)
