"""Private Packagist token."""

from random import Random

from hullmark.checks.declare import REVOKE, secret
from hullmark.checks.drawing import HEX, assigned, text, unlike
from hullmark.checks.kinds import NOTHING_MORE, Claim


def _token(random: Random) -> str:
    return f"packagist_{random.choice(('ort', 'out', 'uut'))}_{text(random, 68, HEX)}"


@secret(
    id="packagist-token",
    title="Private Packagist token",
    pattern=r"\b(packagist_[a-z]{3}_[0-9a-f]{68})\b",
    anchor=r"packagist_[a-z]{3}_[0-9a-f]{68}",
    max_chars=82,
    keywords=("packagist_",),
    binary=True,
    remediation=f"{REVOKE}: Private Packagist, Settings, Authentication Tokens.",
    references=("https://packagist.com/docs/composer-authentication#token-format",),
    bad=lambda random: assigned(random, "packagist", _token(random)),
    good=lambda random: assigned(random, "packagist", unlike(random, "packagist_ort_", 68, HEX)),
)
def packagist_token(_: str) -> Claim | None:
    """It reads or changes an organisation's private packages of PHP.

    Tokens to update also add packages and users.
    """
    return NOTHING_MORE
