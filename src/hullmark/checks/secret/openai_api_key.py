"""OpenAI: keys of projects, service accounts and users."""

from random import Random

from hullmark.checks.declare import REVOKE, secret
from hullmark.checks.drawing import ALPHANUMERIC, BASE64URL, assigned, text, unlike
from hullmark.checks.kinds import NOTHING_MORE, Claim
from hullmark.checks.proofs import is_drawn


def _token(random: Random) -> str:
    kind = random.choice(("sk-proj-", "sk-svcacct-", "sk-None-", "sk-"))
    size, letters = (20, ALPHANUMERIC) if kind == "sk-" else (58, BASE64URL)
    return f"{kind}{text(random, size, letters)}T3BlbkFJ{text(random, size, letters)}"


@secret(
    id="openai-api-key",
    title="OpenAI API key",
    pattern=r"\b(sk-(?:(?:proj|svcacct|None|service)-[0-9A-Za-z_-]{20,110}|[0-9A-Za-z]{20})T3BlbkFJ[0-9A-Za-z_-]{20,110})(?:[^0-9A-Za-z_-]|$)",
    anchor=r"T3BlbkFJ[0-9A-Za-z_-]{20}",
    max_chars=250,
    keywords=("T3BlbkFJ",),
    binary=True,
    remediation=f"{REVOKE}: the platform's API keys page.",
    references=("https://platform.openai.com/docs/api-reference/authentication",),
    bad=lambda random: assigned(random, "openai", _token(random)),
    good=lambda random: assigned(random, "openai", unlike(random, "sk-proj-", 100)),
)
def openai_api_key(value: str) -> Claim | None:
    """Whoever holds it uses the models at the account's cost.

    They may also read files, threads and fine-tuned models that the project keeps there.
    """
    return NOTHING_MORE if is_drawn(value) else None
