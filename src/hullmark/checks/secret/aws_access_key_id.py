"""AWS access key id."""

from base64 import b32decode, b32encode
from random import Random

from hullmark.checks.declare import REVOKE, secret
from hullmark.checks.drawing import BASE32, text
from hullmark.checks.kinds import NOTHING_MORE, Claim


def account_of(key_id: str) -> str:
    """The account's number, which ids issued since 2019 hold; empty for older ones."""
    number = int.from_bytes(b32decode(key_id[4:])[:6])
    account = (number & 0x7FFFFFFFFF80) >> 7
    return f"{account:012}" if number >> 47 and account < 10**12 else ""


def _token(random: Random) -> str:
    prefix = random.choice(("AKIA", "ASIA"))
    account = random.randrange(10**11, 10**12)
    number = (1 << 47 | account << 7).to_bytes(6) + random.randbytes(4)
    return prefix + b32encode(number).decode()


def _other(random: Random) -> str:
    return random.choice(
        (
            f"AKIA{text(random, 15, BASE32)}",
            f"AKIA{text(random, 17, BASE32)}",
            f"AKIA{text(random, 16, BASE32).lower()}",
            f"AROA{text(random, 16, BASE32)}",
            f"AIDA{text(random, 16, BASE32)}",
            "${AWS_ACCESS_KEY_ID}",
            "AKIAXXXXXXXXXXXXXXXX",
        )
    )


@secret(
    id="aws-access-key-id",
    title="AWS access key id",
    pattern=r"\b((?:AKIA|ASIA|ABIA|ACCA)[A-Z2-7]{16})\b",
    anchor=r"(?:AKIA|ASIA|ABIA|ACCA)[A-Z2-7]{16}",
    max_chars=20,
    keywords=(
        "AKIA",
        "ASIA",
        "ABIA",
        "ACCA",
    ),
    path="root/.aws/credentials",
    entropy=2.5,
    binary=True,
    remediation=f"{REVOKE}: IAM, Users, Security credentials.",
    references=(
        "https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_identifiers.html#identifiers-unique-ids",
    ),
    bad=lambda random: f"aws_access_key_id = {_token(random)}",
    good=lambda random: f"aws_access_key_id = {_other(random)}",
)
def aws_access_key_id(value: str) -> Claim | None:
    """It names the key that signs requests to an AWS account.

    With the secret that is usually kept beside it, whoever reads it acts as that user or role.
    """
    account = account_of(value) if value[:4] in ("AKIA", "ASIA") else ""
    kind = "temporary key" if value[:4] == "ASIA" else "key"
    return Claim(says=f"{kind} of account {account}") if account else NOTHING_MORE
