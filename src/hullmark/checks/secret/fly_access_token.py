"""Fly.io access token."""

from random import Random

from hullmark.checks.declare import REVOKE, secret
from hullmark.checks.drawing import BASE64, assigned, text
from hullmark.checks.kinds import NOTHING_MORE, Claim
from hullmark.model import Severity


def _token(random: Random) -> str:
    return random.choice((f"fm2_{text(random, 200, BASE64)}", f"fm1r_{text(random, 200, BASE64)}"))


def _other(random: Random) -> str:
    return random.choice(
        (
            f"fm2_{text(random, 50)}",
            "fm2_...",
            "${FLY_API_TOKEN}",
        )
    )


@secret(
    id="fly-access-token",
    title="Fly.io access token",
    severity=Severity.CRITICAL,
    pattern=r"\b(fm(?:2|1a|1r)_[0-9A-Za-z+/]{100}[0-9A-Za-z+/]*={0,3})",
    anchor=r"fm(?:2|1a|1r)_[0-9A-Za-z+/]{100}",
    max_chars=1010,
    keywords=(
        "fm2_",
        "fm1a_",
        "fm1r_",
    ),
    entropy=4.2,
    remediation=f"{REVOKE}: Fly.io dashboard, Tokens.",
    references=("https://fly.io/docs/security/tokens/",),
    bad=lambda random: assigned(random, "fly", _token(random)),
    good=lambda random: assigned(random, "fly", _other(random)),
)
def fly_access_token(_: str) -> Claim | None:
    """It acts as its owner, or as an organisation, on Fly.io.

    Whoever holds it deploys programs and opens shells in running ones.
    """
    return NOTHING_MORE
