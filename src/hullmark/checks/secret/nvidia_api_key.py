"""NVIDIA: API keys of NGC and of the hosted models."""

from random import Random

from hullmark.checks.declare import REVOKE, secret
from hullmark.checks.drawing import BASE64URL, assigned, text, unlike
from hullmark.checks.kinds import NOTHING_MORE, Claim
from hullmark.checks.proofs import is_drawn


def _token(random: Random) -> str:
    return f"nvapi-{text(random, 60, BASE64URL)}"


@secret(
    id="nvidia-api-key",
    title="NVIDIA API key",
    pattern=r"\b(nvapi-[0-9A-Za-z_-]{60,80})(?:[^0-9A-Za-z_-]|$)",
    anchor=r"nvapi-[0-9A-Za-z_-]{60}",
    max_chars=88,
    keywords=("nvapi-",),
    binary=True,
    remediation=f"{REVOKE}: NGC's setup page, API keys.",
    references=("https://docs.nvidia.com/ngc/gpu-cloud/ngc-user-guide/index.html",),
    bad=lambda random: assigned(random, "nvidia", _token(random)),
    good=lambda random: assigned(random, "nvidia", unlike(random, "nvapi-", 60, BASE64URL)),
)
def nvidia_api_key(value: str) -> Claim | None:
    """Whoever holds it uses the models at the account's cost and pulls private images from NGC."""
    return NOTHING_MORE if is_drawn(value) else None
