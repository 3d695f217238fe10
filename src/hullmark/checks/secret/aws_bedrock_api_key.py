"""AWS Bedrock API key."""

from base64 import b64encode
from random import Random
from re import compile as regex

from hullmark.checks.declare import REVOKE, secret
from hullmark.checks.drawing import BASE64, LOWER, assigned, text
from hullmark.checks.kinds import Claim
from hullmark.checks.proofs import base64_bytes

_account = regex(rb"BedrockAPIKey-[\w-]{1,64}-at-(\d{12}):").match


def _token(random: Random) -> str:
    said = f"BedrockAPIKey-{text(random, 4, LOWER)}-at-{random.randrange(10**11, 10**12)}:"
    return "ABSK" + b64encode(said.encode() + random.randbytes(56)).decode()


def _other(random: Random) -> str:
    return random.choice(
        (
            "ABSKQmVkcm9ja0FQSUtleS" + text(random, 40, BASE64),
            "ABSKQmVkcm9ja0FQSUtleS" + text(random, 110, BASE64),
            "ABSK" + text(random, 110, BASE64),
            "${AWS_BEARER_TOKEN_BEDROCK}",
        )
    )


@secret(
    id="aws-bedrock-api-key",
    title="AWS Bedrock API key",
    pattern=r"\b(ABSKQmVkcm9ja0FQSUtleS[0-9A-Za-z+/]{80,260}={0,2})",
    anchor=r"ABSKQmVkcm9ja0FQSUtleS[0-9A-Za-z+/]{80}",
    max_chars=290,
    keywords=("ABSKQmVkcm9ja0FQSUtleS",),
    binary=True,
    remediation=f"{REVOKE}: IAM, Users, Security credentials, API keys for Amazon Bedrock.",
    references=("https://docs.aws.amazon.com/bedrock/latest/userguide/api-keys.html",),
    bad=lambda random: assigned(random, "aws", _token(random)),
    good=lambda random: assigned(random, "aws", _other(random)),
)
def aws_bedrock_api_key(value: str) -> Claim | None:
    """It calls the models of Amazon Bedrock at its account's cost.

    Its text holds the number of the account and the user that it belongs to.
    """
    account = _account(base64_bytes(value[4:]) or b"")
    return Claim(says=f"of account {account[1].decode()}") if account else None
