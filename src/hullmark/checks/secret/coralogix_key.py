"""Coralogix: personal, team and sending keys."""

from random import Random

from hullmark.checks.declare import REVOKE, secret
from hullmark.checks.drawing import assigned, text, unlike
from hullmark.checks.kinds import NOTHING_MORE, Claim
from hullmark.checks.proofs import is_drawn


def _token(random: Random) -> str:
    prefix = random.choice(("cxtp_", "cxup_", "cxth_"))
    return f"{prefix}{text(random, 30)}"


@secret(
    id="coralogix-key",
    title="Coralogix key",
    pattern=r"\b((?:cxtp_|cxup_|cxth_)[0-9A-Za-z]{30})\b",
    anchor=r"(?:cxtp_|cxup_|cxth_)[0-9A-Za-z]{30}",
    max_chars=37,
    keywords=(
        "cxtp_",
        "cxup_",
        "cxth_",
    ),
    binary=True,
    remediation=f"{REVOKE}: Settings, API Keys.",
    references=("https://coralogix.com/docs/user-guides/account-management/api-keys/api-keys/",),
    bad=lambda random: assigned(random, "coralogix", _token(random)),
    good=lambda random: assigned(random, "coralogix", unlike(random, "cxtp_", 30)),
)
def coralogix_key(value: str) -> Claim | None:
    """Whoever holds it sends logs or reads them, as far as it may."""
    return NOTHING_MORE if is_drawn(value) else None
