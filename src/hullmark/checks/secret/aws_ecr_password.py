"""Amazon ECR password."""

from base64 import b64encode
from datetime import UTC, datetime
from json import dumps, loads
from random import Random

from hullmark.checks.declare import secret
from hullmark.checks.drawing import BASE64, text
from hullmark.checks.kinds import Claim
from hullmark.checks.proofs import base64_bytes
from hullmark.model import Severity


def _expiry(value: str) -> int | None:
    try:
        said = loads(base64_bytes(value) or b"")
    except ValueError:
        return None
    until = said.get("expiration") if isinstance(said, dict) else None
    return until if isinstance(until, int) else None


def _token(random: Random) -> str:
    until = random.randrange(1_600_000_000, 1_900_000_000)
    made = {
        "payload": text(random, 400, BASE64),
        "datakey": text(random, 200, BASE64),
        "version": "2",
        "type": "DATA_KEY",
        "expiration": until,
    }
    return b64encode(dumps(made, separators=(",", ":")).encode()).decode()


def _other(random: Random) -> str:
    return random.choice(
        (
            "eyJwYXlsb2FkIjoi" + text(random, 100, BASE64),
            "eyJwYXlsb2FkIjoi" + text(random, 800, BASE64),
            "$(aws ecr get-login-password)",
        )
    )


@secret(
    id="aws-ecr-password",
    title="Amazon ECR password",
    severity=Severity.MEDIUM,
    pattern=r"\b(eyJwYXlsb2FkIjoi[0-9A-Za-z+/]{300}[0-9A-Za-z+/]*={0,2})",
    anchor=r"eyJwYXlsb2FkIjoi[0-9A-Za-z+/]{300}",
    max_chars=3400,
    keywords=("eyJwYXlsb2FkIjoi",),
    remediation=(
        "Let it expire, and log in with a credential helper that asks for one when it is needed."
    ),
    references=("https://docs.aws.amazon.com/AmazonECR/latest/userguide/registry_auth.html",),
    bad=lambda random: f"docker login -u AWS -p {_token(random)}",
    good=lambda random: f"docker login -u AWS -p {_other(random)}",
)
def aws_ecr_password(value: str) -> Claim | None:
    """It logs in to the container registries of an AWS account for 12 hours.

    Whoever holds it until then pulls and pushes what its owner may.
    """
    until = _expiry(value)
    if until is None or not 0 < until < 1 << 33:
        return None
    return Claim(says=f"expires {datetime.fromtimestamp(until, UTC):%Y-%m-%d}")
