"""Doppler token."""

from random import Random

from hullmark.checks.declare import REVOKE, secret
from hullmark.checks.drawing import assigned, text, unlike
from hullmark.checks.kinds import NOTHING_MORE, Claim
from hullmark.model import Severity


def _token(random: Random) -> str:
    return random.choice(
        (f"dp.pt.{text(random, 43)}", f"dp.st.prd.{text(random, 43)}", f"dp.sa.{text(random, 43)}")
    )


@secret(
    id="doppler-token",
    title="Doppler token",
    severity=Severity.CRITICAL,
    pattern=(r"\b(dp\.(?:pt|ct|sa|scim|audit|st(?:\.[0-9a-z_-]{2,35})?)\.[0-9A-Za-z]{40,44})\b"),
    anchor=r"dp\.(?:pt|ct|sa|scim|audit|st(?:\.[0-9a-z_-]{2,35})?)\.[0-9A-Za-z]{40}",
    max_chars=90,
    keywords=(
        "dp.pt.",
        "dp.ct.",
        "dp.sa.",
        "dp.scim.",
        "dp.audit.",
        "dp.st.",
    ),
    remediation=f"{REVOKE}: Doppler, the project's config, Access.",
    references=("https://docs.doppler.com/docs/service-tokens",),
    bad=lambda random: assigned(random, "doppler", _token(random)),
    good=lambda random: assigned(random, "doppler", unlike(random, "dp.pt.", 40)),
)
def doppler_token(_: str) -> Claim | None:
    """It opens the secrets that Doppler keeps.

    Whoever holds it reads the configuration of the projects that it was made for.
    """
    return NOTHING_MORE
