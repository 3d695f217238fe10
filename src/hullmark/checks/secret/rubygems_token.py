"""RubyGems API key."""

from random import Random

from hullmark.checks.declare import REVOKE, secret
from hullmark.checks.drawing import HEX, assigned, text, unlike
from hullmark.checks.kinds import NOTHING_MORE, Claim
from hullmark.model import Severity


def _token(random: Random) -> str:
    return f"rubygems_{text(random, 48, HEX)}"


@secret(
    id="rubygems-token",
    title="RubyGems API key",
    severity=Severity.CRITICAL,
    pattern=r"\b(rubygems_[0-9a-f]{48})\b",
    anchor=r"rubygems_[0-9a-f]{48}",
    max_chars=58,
    keywords=("rubygems_",),
    binary=True,
    remediation=f"{REVOKE}: RubyGems, Settings, API keys.",
    references=("https://guides.rubygems.org/api-key-scopes/",),
    bad=lambda random: assigned(random, "rubygems", _token(random)),
    good=lambda random: assigned(random, "rubygems", unlike(random, "rubygems_", 48, HEX)),
)
def rubygems_token(_: str) -> Claim | None:
    """It acts as its owner on RubyGems.

    Whoever holds a key that may push publishes gems in the owner's name.
    """
    return NOTHING_MORE
