"""Prefect: API keys of users and of service accounts."""

from random import Random

from hullmark.checks.declare import REVOKE, secret
from hullmark.checks.drawing import assigned, text, unlike
from hullmark.checks.kinds import NOTHING_MORE, Claim
from hullmark.checks.proofs import is_drawn


def _token(random: Random) -> str:
    prefix = random.choice(("pnu_", "pnb_"))
    return f"{prefix}{text(random, 36)}"


@secret(
    id="prefect-api-key",
    title="Prefect API key",
    pattern=r"\b((?:pnu_|pnb_)[0-9A-Za-z]{36})\b",
    anchor=r"(?:pnu_|pnb_)[0-9A-Za-z]{36}",
    max_chars=42,
    keywords=(
        "pnu_",
        "pnb_",
    ),
    remediation=f"{REVOKE}: the profile's API Keys.",
    references=("https://docs.prefect.io/v3/how-to-guides/cloud/manage-users/api-keys",),
    bad=lambda random: assigned(random, "prefect", _token(random)),
    good=lambda random: assigned(random, "prefect", unlike(random, "pnu_", 36)),
)
def prefect_api_key(value: str) -> Claim | None:
    """Whoever holds it runs flows and reads what the workspace's blocks hold."""
    return NOTHING_MORE if is_drawn(value) else None
