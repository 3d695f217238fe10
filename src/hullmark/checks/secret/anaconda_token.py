"""Anaconda token."""

from random import Random

from hullmark.checks.declare import REVOKE, secret
from hullmark.checks.drawing import HEX, LOWER, text, uuid
from hullmark.checks.kinds import NOTHING_MORE, Claim


def _token(random: Random) -> str:
    return f"{text(random, 2, LOWER)}-{uuid(random)}"


def _other(random: Random) -> str:
    return random.choice(
        (
            uuid(random),
            "<TOKEN>",
            "${ANACONDA_TOKEN}",
            f"{text(random, 2, LOWER)}-{text(random, 32, HEX)}",
        )
    )


@secret(
    id="anaconda-token",
    title="Anaconda token",
    pattern=r"/t/([a-z0-9]{2}-[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12})/",
    anchor=r"/t/[a-z0-9]{2}-[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}",
    max_chars=44,
    keywords=("/t/",),
    remediation=f"{REVOKE}: Anaconda, Settings, Access.",
    references=("https://docs.anaconda.com/anacondaorg/user-guide/work-with-accounts/",),
    bad=lambda random: f"channels:\n  - https://conda.anaconda.org/t/{_token(random)}/internal",
    good=lambda random: f"channels:\n  - https://conda.anaconda.org/t/{_other(random)}/internal",
)
def anaconda_token(_: str) -> Claim | None:
    """It reads, or uploads to, channels of Anaconda.

    Whoever holds one that may upload publishes packages in its owner's name.
    """
    return NOTHING_MORE
