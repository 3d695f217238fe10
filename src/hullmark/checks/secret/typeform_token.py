"""Typeform: personal access tokens."""

from random import Random

from hullmark.checks.declare import REVOKE, secret
from hullmark.checks.drawing import assigned, text, unlike
from hullmark.checks.kinds import NOTHING_MORE, Claim
from hullmark.checks.proofs import is_drawn


def _token(random: Random) -> str:
    return f"tfp_{text(random, 44)}_{text(random, 14)}"


@secret(
    id="typeform-token",
    title="Typeform personal token",
    pattern=r"\b(tfp_[0-9A-Za-z]{40,44}_[0-9A-Za-z]{10,16})\b",
    anchor=r"tfp_[0-9A-Za-z]{40,44}_[0-9A-Za-z]{10}",
    max_chars=70,
    keywords=("tfp_",),
    binary=True,
    remediation=f"{REVOKE}: Settings, Personal tokens.",
    references=("https://www.typeform.com/developers/get-started/personal-access-token/",),
    bad=lambda random: assigned(random, "typeform", _token(random)),
    good=lambda random: assigned(random, "typeform", unlike(random, "tfp_", 50)),
)
def typeform_token(value: str) -> Claim | None:
    """Whoever holds it reads what people answered and changes forms."""
    return NOTHING_MORE if is_drawn(value) else None
