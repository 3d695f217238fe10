"""LangSmith: personal tokens and keys of services."""

from random import Random

from hullmark.checks.declare import REVOKE, secret
from hullmark.checks.drawing import HEX, assigned, text, unlike
from hullmark.checks.kinds import NOTHING_MORE, Claim
from hullmark.checks.proofs import is_drawn


def _token(random: Random) -> str:
    return f"lsv2_{random.choice(('pt', 'sk'))}_{text(random, 32, HEX)}_{text(random, 10, HEX)}"


@secret(
    id="langsmith-api-key",
    title="LangSmith API key",
    pattern=r"\b(lsv2_(?:pt|sk)_[0-9a-f]{32}_[0-9a-f]{10})\b",
    anchor=r"lsv2_(?:pt|sk)_[0-9a-f]{32}_[0-9a-f]{10}",
    max_chars=52,
    keywords=("lsv2_",),
    binary=True,
    remediation=f"{REVOKE}: Settings, API Keys.",
    references=("https://docs.langchain.com/langsmith/create-account-api-key",),
    bad=lambda random: assigned(random, "langsmith", _token(random)),
    good=lambda random: assigned(random, "langsmith", unlike(random, "lsv2_pt_", 42, HEX)),
)
def langsmith_api_key(value: str) -> Claim | None:
    """Whoever holds it reads what models were asked and what they answered.

    They may change prompts too.
    """
    return NOTHING_MORE if is_drawn(value) else None
