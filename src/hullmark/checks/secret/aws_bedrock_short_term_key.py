"""AWS Bedrock short-term API key."""

from random import Random

from hullmark.checks.declare import secret
from hullmark.checks.drawing import BASE64, assigned, text
from hullmark.checks.kinds import NOTHING_MORE, Claim
from hullmark.model import Severity


def _token(random: Random) -> str:
    return "bedrock-api-key-YmVkcm9jay5hbWF6b25hd3MuY29t" + text(random, 200, BASE64)


def _other(random: Random) -> str:
    return random.choice(
        (
            "bedrock-api-key-YmVkcm9jay5hbWF6b25hd3MuY29t" + text(random, 40, BASE64),
            "bedrock-api-key-YmVk...",
            "bedrock-api-key-${TOKEN}",
        )
    )


@secret(
    id="aws-bedrock-short-term-key",
    title="AWS Bedrock short-term API key",
    severity=Severity.MEDIUM,
    pattern=r"\b(bedrock-api-key-YmVkcm9jay5hbWF6b25hd3MuY29t[0-9A-Za-z+/]{100}[0-9A-Za-z+/=]*)",
    anchor=r"bedrock-api-key-YmVkcm9jay5hbWF6b25hd3MuY29t[0-9A-Za-z+/]{100}",
    max_chars=1960,
    keywords=("bedrock-api-key-YmVkcm9jay5hbWF6b25hd3MuY29t",),
    remediation=(
        "Let it expire, end the session that made it, and "
        "have the program ask for one when it runs."
    ),
    references=("https://docs.aws.amazon.com/bedrock/latest/userguide/api-keys-generate.html",),
    bad=lambda random: assigned(random, "aws", _token(random)),
    good=lambda random: assigned(random, "aws", _other(random)),
)
def aws_bedrock_short_term_key(_: str) -> Claim | None:
    """It calls the models of Amazon Bedrock as the one who made it, for at most 12 hours.

    One that was shipped tells that they are written into files.
    """
    return NOTHING_MORE
