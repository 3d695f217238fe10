"""New Relic: keys of users."""

from random import Random

from hullmark.checks.declare import REVOKE, secret
from hullmark.checks.drawing import UPPER, assigned, text, unlike
from hullmark.checks.kinds import NOTHING_MORE, Claim
from hullmark.checks.proofs import is_drawn


def _token(random: Random) -> str:
    return f"NRAK-{text(random, 27, UPPER)}"


@secret(
    id="newrelic-user-key",
    title="New Relic user key",
    pattern=r"\b(NRAK-[0-9A-Z]{27})\b",
    anchor=r"NRAK-[0-9A-Z]{27}",
    max_chars=34,
    keywords=("NRAK-",),
    binary=True,
    remediation=f"{REVOKE}: the user menu, API keys.",
    references=("https://docs.newrelic.com/docs/apis/intro-apis/new-relic-api-keys/",),
    bad=lambda random: assigned(random, "newrelic", _token(random)),
    good=lambda random: assigned(random, "newrelic", unlike(random, "NRAK-", 27, UPPER)),
)
def newrelic_user_key(value: str) -> Claim | None:
    """Whoever holds it reads what the account's systems report.

    They may change alerts and dashboards too.
    """
    return NOTHING_MORE if is_drawn(value) else None
