"""Nomad ACL token."""

from random import Random

from hullmark.checks.declare import REVOKE, secret
from hullmark.checks.drawing import HEX, text, uuid
from hullmark.checks.forms import named
from hullmark.checks.kinds import NOTHING_MORE, Claim
from hullmark.model import Severity


def _token(random: Random) -> str:
    return uuid(random)


def _other(random: Random) -> str:
    return random.choice(
        (
            uuid(random)[:-3],
            text(random, 32, HEX),
            "${NOMAD_TOKEN}",
            "00000000-0000-0000-0000-000000000000",
            "xxxxxxxx-xxxx-xxxx-xxxx-xxxxxxxxxxxx",
        )
    )


@secret(
    id="nomad-token",
    title="Nomad ACL token",
    severity=Severity.CRITICAL,
    **named(
        "nomad",
        value="[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}",
        chars=36,
        words="token",
    ),
    entropy=2.5,
    remediation=f"{REVOKE}: Nomad: nomad acl token delete.",
    references=("https://developer.hashicorp.com/nomad/docs/concepts/acl",),
    bad=lambda random: f"NOMAD_TOKEN={_token(random)}",
    good=lambda random: f"NOMAD_TOKEN={_other(random)}",
)
def nomad_token(_: str) -> Claim | None:
    """It opens Nomad as far as its policies go.

    Whoever holds it runs jobs on the machines of the cluster.
    """
    return NOTHING_MORE
