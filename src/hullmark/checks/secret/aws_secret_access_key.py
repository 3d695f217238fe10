"""AWS secret access key."""

from random import Random

from hullmark.checks.declare import REVOKE, secret
from hullmark.checks.drawing import BASE64, HEX, text
from hullmark.checks.forms import named
from hullmark.checks.kinds import NOTHING_MORE, Claim
from hullmark.checks.proofs import is_drawn
from hullmark.model import Severity


def _token(random: Random) -> str:
    return text(random, 40, BASE64)


def _other(random: Random) -> str:
    return random.choice(
        (
            text(random, 39, BASE64),
            text(random, 44, BASE64),
            text(random, 40, HEX),
            "${AWS_SECRET_ACCESS_KEY}",
            "x" * 40,
            f"{{{{ vault_{text(random, 5)} }}}}",
        )
    )


def _line(random: Random, value: str) -> str:
    return random.choice(
        (
            f"aws_secret_access_key = {value}",
            f"AWS_SECRET_ACCESS_KEY={value}",
            f'"SecretAccessKey": "{value}",',
        )
    )


@secret(
    id="aws-secret-access-key",
    title="AWS secret access key",
    severity=Severity.CRITICAL,
    **named(
        "secret_access_key",
        "aws_secret",
        "aws_secret_key",
        value=r"[0-9A-Za-z+/]{40}",
        chars=40,
        words="",
        end=r"(?:[^0-9A-Za-z+/=]|$)",
    ),
    path="root/.aws/credentials",
    entropy=4.2,
    remediation=(
        f"{REVOKE}: IAM, Users, Security credentials, and look for its use in CloudTrail."
    ),
    references=(
        "https://docs.aws.amazon.com/IAM/latest/UserGuide/id_credentials_access-keys.html",
    ),
    bad=lambda random: _line(random, _token(random)),
    good=lambda random: _line(random, _other(random)),
)
def aws_secret_access_key(value: str) -> Claim | None:
    """It signs requests to an AWS account.

    Whoever holds it and the id beside it does everything that its user or role may do.
    """
    return NOTHING_MORE if is_drawn(value) else None
