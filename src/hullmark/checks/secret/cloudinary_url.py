"""Cloudinary: addresses that hold the API key and its secret."""

from random import Random

from hullmark.checks.declare import REVOKE, secret
from hullmark.checks.drawing import BASE64URL, assigned, number, text, unlike
from hullmark.checks.kinds import NOTHING_MORE, Claim
from hullmark.checks.proofs import is_drawn


def _token(random: Random) -> str:
    return f"cloudinary://{number(random, 15)}:{text(random, 27, BASE64URL)}@acme"


@secret(
    id="cloudinary-url",
    title="Cloudinary URL with its secret",
    pattern=r"cloudinary://([0-9]{12,18}:[0-9A-Za-z_-]{27})@[0-9A-Za-z-]{1,80}",
    anchor=r"cloudinary://[0-9]{12,18}:[0-9A-Za-z_-]{27}@",
    max_chars=160,
    keywords=("cloudinary://",),
    binary=True,
    remediation=f"{REVOKE}: Settings, API Keys.",
    references=("https://cloudinary.com/documentation/cloudinary_credentials_tutorial",),
    bad=lambda random: assigned(random, "cloudinary", _token(random)),
    good=lambda random: assigned(random, "cloudinary", unlike(random, "cloudinary://", 40)),
)
def cloudinary_url(value: str) -> Claim | None:
    """Whoever holds it reads, changes and deletes all images and videos."""
    return NOTHING_MORE if is_drawn(value) else None
