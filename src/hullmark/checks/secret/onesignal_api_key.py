"""OneSignal: API keys of applications and organisations."""

from random import Random

from hullmark.checks.declare import REVOKE, secret
from hullmark.checks.drawing import BASE32, assigned, text, unlike
from hullmark.checks.kinds import NOTHING_MORE, Claim
from hullmark.checks.proofs import is_drawn


def _token(random: Random) -> str:
    prefix = random.choice(("os_v2_app_", "os_v2_org_"))
    return f"{prefix}{text(random, 103, BASE32.lower())}"


@secret(
    id="onesignal-api-key",
    title="OneSignal API key",
    pattern=r"\b((?:os_v2_app_|os_v2_org_)[a-z2-7]{103})(?:[^0-9A-Za-z_-]|$)",
    anchor=r"(?:os_v2_app_|os_v2_org_)[a-z2-7]{103}",
    max_chars=115,
    keywords=(
        "os_v2_app_",
        "os_v2_org_",
    ),
    binary=True,
    remediation=f"{REVOKE}: Settings, Keys & IDs.",
    references=("https://documentation.onesignal.com/docs/en/keys-and-ids",),
    bad=lambda random: assigned(random, "onesignal", _token(random)),
    good=lambda random: assigned(
        random, "onesignal", unlike(random, "os_v2_app_", 103, BASE32.lower())
    ),
)
def onesignal_api_key(value: str) -> Claim | None:
    """Whoever holds it sends notifications to everybody who has the application."""
    return NOTHING_MORE if is_drawn(value) else None
