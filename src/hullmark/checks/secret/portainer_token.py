"""Portainer access token."""

from random import Random

from hullmark.checks.declare import REVOKE, secret
from hullmark.checks.drawing import BASE64, assigned, text, unlike
from hullmark.checks.kinds import NOTHING_MORE, Claim
from hullmark.model import Severity


def _token(random: Random) -> str:
    return f"ptr_{text(random, 43, BASE64)}="


@secret(
    id="portainer-token",
    title="Portainer access token",
    severity=Severity.CRITICAL,
    pattern=r"\b(ptr_[0-9A-Za-z+/_-]{43}=)",
    anchor=r"ptr_[0-9A-Za-z+/_-]{43}=",
    max_chars=49,
    keywords=("ptr_",),
    entropy=4.0,
    remediation=f"{REVOKE}: Portainer, My account, Access tokens.",
    references=("https://docs.portainer.io/api/access",),
    bad=lambda random: assigned(random, "portainer", _token(random)),
    good=lambda random: assigned(random, "portainer", unlike(random, "ptr_", 43)),
)
def portainer_token(_: str) -> Claim | None:
    """It acts as its owner in Portainer.

    Whoever holds it starts containers on the machines that it manages, and so owns them.
    """
    return NOTHING_MORE
