"""Open VSX access token."""

from random import Random

from hullmark.checks.declare import REVOKE, secret
from hullmark.checks.drawing import assigned, unlike, uuid
from hullmark.checks.kinds import NOTHING_MORE, Claim
from hullmark.model import Severity


def _token(random: Random) -> str:
    return f"ovsxat_{uuid(random)}"


@secret(
    id="open-vsx-token",
    title="Open VSX access token",
    severity=Severity.CRITICAL,
    pattern=r"\b(ovsx[ap]t_[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12})\b",
    anchor=r"ovsx[ap]t_[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}",
    max_chars=43,
    keywords=(
        "ovsxat_",
        "ovsxpt_",
    ),
    binary=True,
    remediation=f"{REVOKE}: Open VSX, Settings, Access Tokens.",
    references=("https://github.com/eclipse/openvsx/wiki/Publishing-Extensions",),
    bad=lambda random: assigned(random, "open", _token(random)),
    good=lambda random: assigned(random, "open", unlike(random, "ovsxat_", 36)),
)
def open_vsx_token(_: str) -> Claim | None:
    """It publishes extensions to Open VSX.

    Whoever holds it updates extensions on the machines of all who use them.
    """
    return NOTHING_MORE
