"""HubSpot: tokens of private apps."""

from random import Random

from hullmark.checks.declare import REVOKE, secret
from hullmark.checks.drawing import HEX, assigned, unlike, uuid
from hullmark.checks.kinds import NOTHING_MORE, Claim
from hullmark.checks.proofs import is_drawn


def _token(random: Random) -> str:
    return f"pat-{random.choice(('na1', 'eu1', 'na2'))}-{uuid(random)}"


@secret(
    id="hubspot-private-app-token",
    title="HubSpot private app token",
    pattern=r"\b(pat-[a-z]{2}[0-9]-[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12})\b",
    anchor=r"pat-[a-z]{2}[0-9]-[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}",
    max_chars=48,
    keywords=("pat-",),
    binary=True,
    remediation=f"{REVOKE}: Settings, Integrations, Private Apps.",
    references=("https://developers.hubspot.com/docs/apps/legacy-apps/private-apps/overview",),
    bad=lambda random: assigned(random, "hubspot", _token(random)),
    good=lambda random: assigned(random, "hubspot", unlike(random, "pat-na1-", 30, HEX)),
)
def hubspot_private_app_token(value: str) -> Claim | None:
    """Whoever holds it reads and changes contacts and deals as far as the app may."""
    return NOTHING_MORE if is_drawn(value) else None
