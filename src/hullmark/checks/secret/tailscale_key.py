"""Tailscale: keys that add machines, of the API, of OAuth clients and webhooks."""

from random import Random

from hullmark.checks.declare import REVOKE, secret
from hullmark.checks.drawing import assigned, text, unlike
from hullmark.checks.kinds import NOTHING_MORE, Claim
from hullmark.checks.proofs import is_drawn
from hullmark.model import Severity


def _token(random: Random) -> str:
    kind = random.choice(("auth", "api", "client"))
    return f"tskey-{kind}-k{text(random, 10)}CNTRL-{text(random, 32)}"


@secret(
    id="tailscale-key",
    title="Tailscale key",
    severity=Severity.CRITICAL,
    pattern=r"\b(tskey-(?:auth|api|client|scim|webhook)-[0-9A-Za-z]{8,40}-[0-9A-Za-z]{24,48})\b",
    anchor=r"tskey-(?:auth|api|client|scim|webhook)-[0-9A-Za-z]{8,40}-[0-9A-Za-z]{24}",
    max_chars=104,
    keywords=("tskey-",),
    binary=True,
    remediation=f"{REVOKE}: the admin console, Settings, Keys.",
    references=("https://tailscale.com/kb/1277/key-prefixes",),
    bad=lambda random: assigned(random, "tailscale", _token(random)),
    good=lambda random: assigned(random, "tailscale", unlike(random, "tskey-auth-", 40)),
)
def tailscale_key(value: str) -> Claim | None:
    """Whoever holds it adds machines to the network. One of the API changes who may reach what."""
    return NOTHING_MORE if is_drawn(value) else None
