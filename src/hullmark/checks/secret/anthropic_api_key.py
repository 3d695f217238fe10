"""Anthropic: API keys."""

from random import Random

from hullmark.checks.declare import REVOKE, secret
from hullmark.checks.drawing import BASE64URL, assigned, text, unlike
from hullmark.checks.kinds import NOTHING_MORE, Claim
from hullmark.checks.proofs import is_drawn


def _token(random: Random) -> str:
    return f"sk-ant-api03-{text(random, 93, BASE64URL)}AA"


@secret(
    id="anthropic-api-key",
    title="Anthropic API key",
    pattern=r"\b(sk-ant-api[0-9]{2}-[0-9A-Za-z_-]{93}AA)(?:[^0-9A-Za-z_-]|$)",
    anchor=r"sk-ant-api[0-9]{2}-[0-9A-Za-z_-]{93}AA",
    max_chars=112,
    keywords=("sk-ant-api",),
    binary=True,
    remediation=f"{REVOKE}: the Console, API keys.",
    references=("https://docs.anthropic.com/en/api/overview",),
    bad=lambda random: assigned(random, "anthropic", _token(random)),
    good=lambda random: assigned(random, "anthropic", unlike(random, "sk-ant-api03-", 93)),
)
def anthropic_api_key(value: str) -> Claim | None:
    """Whoever holds it uses the models at the account's cost.

    They may also read files and batches that the workspace keeps there.
    """
    return NOTHING_MORE if is_drawn(value) else None
