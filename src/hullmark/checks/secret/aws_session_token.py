"""AWS session token."""

from random import Random

from hullmark.checks.declare import secret
from hullmark.checks.drawing import BASE64, text
from hullmark.checks.kinds import NOTHING_MORE, Claim


def _token(random: Random) -> str:
    return "IQoJb3JpZ2luX2Vj" + text(random, 300, BASE64)


def _other(random: Random) -> str:
    return random.choice(
        (
            "IQoJb3JpZ2luX2Vj" + text(random, 60, BASE64),
            "IQoJb3JpZ2luX2Vj...",
            "${AWS_SESSION_TOKEN}",
            text(random, 300, BASE64),
        )
    )


@secret(
    id="aws-session-token",
    title="AWS session token",
    pattern=r"((?:IQoJb3JpZ2luX2Vj|FwoGZXIvYXdzE|FQoGZXIvYXdzE)[0-9A-Za-z+/]{100}[0-9A-Za-z+/=]*)",
    anchor=r"(?:IQoJb3JpZ2luX2Vj|FwoGZXIvYXdzE|FQoGZXIvYXdzE)[0-9A-Za-z+/]{100}",
    max_chars=1900,
    keywords=(
        "IQoJb3JpZ2luX2Vj",
        "FwoGZXIvYXdzE",
        "FQoGZXIvYXdzE",
    ),
    entropy=4.5,
    remediation=(
        "Revoke the sessions of its role in IAM, and keep "
        "temporary credentials out of files that are shipped."
    ),
    references=("https://docs.aws.amazon.com/IAM/latest/UserGuide/id_credentials_temp.html",),
    bad=lambda random: f"aws_session_token = {_token(random)}",
    good=lambda random: f"aws_session_token = {_other(random)}",
)
def aws_session_token(_: str) -> Claim | None:
    """It completes a temporary key of an AWS account.

    Until it expires, whoever holds it and the key beside it acts as the role that it was issued
    for.
    """
    return NOTHING_MORE
