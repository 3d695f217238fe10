"""Dropbox: access tokens that last for hours."""

from random import Random

from hullmark.checks.declare import REVOKE, secret
from hullmark.checks.drawing import BASE64URL, assigned, text, uuid
from hullmark.checks.kinds import NOTHING_MORE, Claim
from hullmark.checks.proofs import is_drawn


def _token(random: Random) -> str:
    return f"sl.{text(random, 140, BASE64URL)}"


def _lookalike(random: Random) -> str:
    return random.choice(
        (
            f"sl.{text(random, 60)}",
            "sl.your_token_here",
            "${DROPBOX_TOKEN}",
            uuid(random),
        )
    )


@secret(
    id="dropbox-access-token",
    title="Dropbox access token",
    pattern=r"(?:^|[^0-9A-Za-z_/+.-])(sl\.(?:u\.)?[0-9A-Za-z_-]{130}[0-9A-Za-z_-]*)",
    anchor=r"sl\.(?:u\.)?[0-9A-Za-z_-]{130}",
    max_chars=1410,
    keywords=("sl.",),
    remediation=f"{REVOKE}: the account's connected apps.",
    references=("https://developers.dropbox.com/oauth-guide",),
    bad=lambda random: assigned(random, "dropbox", _token(random)),
    good=lambda random: assigned(random, "dropbox", _lookalike(random)),
)
def dropbox_access_token(value: str) -> Claim | None:
    """Whoever holds it reads, changes and deletes the files that the app may."""
    return NOTHING_MORE if is_drawn(value) else None
