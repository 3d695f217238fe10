"""Dynatrace: API and platform tokens: a public part and a secret one."""

from random import Random

from hullmark.checks.declare import REVOKE, secret
from hullmark.checks.drawing import BASE32, assigned, text, unlike
from hullmark.checks.kinds import NOTHING_MORE, Claim
from hullmark.checks.proofs import is_drawn


def _token(random: Random) -> str:
    kind = random.choice(("c01", "s01", "s02", "s16"))
    return f"dt0{kind}.{text(random, 24, BASE32)}.{text(random, 64, BASE32)}"


@secret(
    id="dynatrace-token",
    title="Dynatrace token",
    pattern=r"\b(dt0[a-z][0-9]{2}\.[0-9A-Z]{8,24}\.[0-9A-Z]{64})\b",
    anchor=r"dt0[a-z][0-9]{2}\.[0-9A-Z]{8,24}\.[0-9A-Z]{64}",
    max_chars=100,
    keywords=("dt0",),
    binary=True,
    remediation=f"{REVOKE}: Access tokens.",
    references=(
        "https://docs.dynatrace.com/docs/manage/identity-access-management/access-tokens-and-oauth-clients/access-tokens",
    ),
    bad=lambda random: assigned(random, "dynatrace", _token(random)),
    good=lambda random: assigned(random, "dynatrace", unlike(random, "dt0c01.", 80, BASE32)),
)
def dynatrace_token(value: str) -> Claim | None:
    """Whoever holds it reads what the account's systems report.

    They may change settings too, as far as the token says.
    """
    return NOTHING_MORE if is_drawn(value) else None
