"""Langfuse: secret keys of projects."""

from random import Random

from hullmark.checks.declare import REVOKE, secret
from hullmark.checks.drawing import HEX, assigned, unlike, uuid
from hullmark.checks.kinds import NOTHING_MORE, Claim
from hullmark.checks.proofs import is_drawn


def _token(random: Random) -> str:
    return f"sk-lf-{uuid(random)}"


@secret(
    id="langfuse-secret-key",
    title="Langfuse secret key",
    pattern=r"\b(sk-lf-[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12})\b",
    anchor=r"sk-lf-[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}",
    max_chars=44,
    keywords=("sk-lf-",),
    binary=True,
    remediation=f"{REVOKE}: the project's settings, API Keys.",
    references=("https://langfuse.com/faq/all/where-are-langfuse-api-keys",),
    bad=lambda random: assigned(random, "langfuse", _token(random)),
    good=lambda random: assigned(random, "langfuse", unlike(random, "sk-lf-", 30, HEX)),
)
def langfuse_secret_key(value: str) -> Claim | None:
    """Together with the public key it reads what was asked of the models and what they answered."""
    return NOTHING_MORE if is_drawn(value) else None
