"""Deno Deploy access token."""

from random import Random

from hullmark.checks.declare import REVOKE, secret
from hullmark.checks.drawing import assigned, text, unlike
from hullmark.checks.kinds import NOTHING_MORE, Claim


def _token(random: Random) -> str:
    return f"dd{random.choice('pw')}_{text(random, 36)}"


@secret(
    id="deno-deploy-token",
    title="Deno Deploy access token",
    pattern=r"\b(dd[pwo]_[0-9A-Za-z]{36,40})\b",
    anchor=r"dd[pwo]_[0-9A-Za-z]{36}",
    max_chars=44,
    keywords=(
        "ddp_",
        "ddw_",
        "ddo_",
    ),
    entropy=3.8,
    remediation=f"{REVOKE}: Deno Deploy, Account settings, Access Tokens.",
    references=("https://docs.deno.com/deploy/",),
    bad=lambda random: assigned(random, "deno", _token(random)),
    good=lambda random: assigned(random, "deno", unlike(random, "ddp_", 36)),
)
def deno_deploy_token(_: str) -> Claim | None:
    """It acts as its owner on Deno Deploy.

    Whoever holds it deploys programs and reads their configuration.
    """
    return NOTHING_MORE
