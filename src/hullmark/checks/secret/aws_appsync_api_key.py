"""AWS AppSync API key."""

from random import Random

from hullmark.checks.declare import REVOKE, secret
from hullmark.checks.drawing import LOWER, assigned, text, unlike
from hullmark.checks.kinds import NOTHING_MORE, Claim
from hullmark.model import Severity


def _token(random: Random) -> str:
    return f"da2-{text(random, 26, LOWER)}"


@secret(
    id="aws-appsync-api-key",
    title="AWS AppSync API key",
    severity=Severity.MEDIUM,
    pattern=r"\b(da2-[0-9a-z]{26})\b",
    anchor=r"da2-[0-9a-z]{26}",
    max_chars=30,
    keywords=("da2-",),
    entropy=3.2,
    remediation=f"{REVOKE}: AppSync, the API, Settings.",
    references=(
        "https://docs.aws.amazon.com/appsync/latest/devguide/security-authz.html#api-key-authorization",
    ),
    bad=lambda random: assigned(random, "aws", _token(random)),
    good=lambda random: assigned(random, "aws", unlike(random, "da2-", 26, LOWER)),
)
def aws_appsync_api_key(_: str) -> Claim | None:
    """It calls a GraphQL interface of AWS AppSync.

    Whoever holds it asks what the interface allows to holders of keys.
    """
    return NOTHING_MORE
