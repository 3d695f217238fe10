"""Consul ACL token."""

from random import Random

from hullmark.checks.declare import REVOKE, secret
from hullmark.checks.drawing import HEX, text, uuid
from hullmark.checks.forms import named
from hullmark.checks.kinds import NOTHING_MORE, Claim


def _token(random: Random) -> str:
    return uuid(random)


def _other(random: Random) -> str:
    return random.choice(
        (
            uuid(random)[:-3],
            text(random, 32, HEX),
            "${CONSUL_HTTP_TOKEN}",
            "00000000-0000-0000-0000-000000000000",
            "xxxxxxxx-xxxx-xxxx-xxxx-xxxxxxxxxxxx",
        )
    )


@secret(
    id="consul-token",
    title="Consul ACL token",
    **named(
        "consul_http",
        "consul",
        value="[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}",
        chars=36,
        words="token",
        common=True,
    ),
    entropy=2.5,
    remediation=f"{REVOKE}: Consul: consul acl token delete.",
    references=("https://developer.hashicorp.com/consul/docs/security/acl/tokens",),
    bad=lambda random: f"CONSUL_HTTP_TOKEN={_token(random)}",
    good=lambda random: f"CONSUL_HTTP_TOKEN={_other(random)}",
)
def consul_token(_: str) -> Claim | None:
    """It opens Consul as far as its policies go.

    Whoever holds it reads and changes services and their configuration.
    """
    return NOTHING_MORE
