"""Amazon MWS authorisation token."""

from random import Random

from hullmark.checks.declare import REVOKE, secret
from hullmark.checks.drawing import HEX, assigned, text, uuid
from hullmark.checks.kinds import NOTHING_MORE, Claim


def _token(random: Random) -> str:
    return f"amzn.mws.{uuid(random)}"


def _other(random: Random) -> str:
    return random.choice(
        (
            f"amzn.mws.{text(random, 30, HEX)}",
            uuid(random),
            f"amzn1.application.{text(random, 32, HEX)}",
            "amzn.mws.<uuid>",
        )
    )


@secret(
    id="aws-mws-token",
    title="Amazon MWS authorisation token",
    pattern=r"\b(amzn\.mws\.[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12})\b",
    anchor=r"amzn\.mws\.[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}",
    max_chars=45,
    keywords=("amzn.mws.",),
    binary=True,
    remediation=f"{REVOKE}: Seller Central, Manage your apps.",
    references=(
        "https://developer-docs.amazon.com/sp-api/docs/migrating-authorization-from-amazon-marketplace-web-service",
    ),
    bad=lambda random: assigned(random, "aws", _token(random)),
    good=lambda random: assigned(random, "aws", _other(random)),
)
def aws_mws_token(_: str) -> Claim | None:
    """It lets a developer act for a seller on Amazon.

    Whoever holds it reads orders and customers' addresses, and changes listings.
    """
    return NOTHING_MORE
