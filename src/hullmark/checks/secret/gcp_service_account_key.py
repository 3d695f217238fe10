"""Google Cloud service account key."""

from random import Random

from hullmark.checks.declare import REVOKE, secret
from hullmark.checks.drawing import BASE64, HEX, text
from hullmark.checks.kinds import NOTHING_MORE, Claim
from hullmark.model import Severity


def _token(random: Random) -> str:
    return (
        f"-----BEGIN PRIVATE KEY-----\\n{text(random, 1600, BASE64)}\\n-----END PRIVATE KEY-----\\n"
    )


def _other(random: Random) -> str:
    return random.choice(
        (
            "-----BEGIN PRIVATE KEY-----\\n...\\n-----END PRIVATE KEY-----",
            "-----BEGIN PRIVATE KEY-----\\n" + text(random, 100, BASE64),
            "${PRIVATE_KEY}",
            "",
        )
    )


def _line(random: Random, value: str) -> str:
    return (
        f'{{"type": "service_account", "private_key_id": "{text(random, 40, HEX)}", '
        f'"private_key": "{value}"}}'
    )


@secret(
    id="gcp-service-account-key",
    title="Google Cloud service account key",
    severity=Severity.CRITICAL,
    pattern=(
        r'\\?"private_key_id\\?"\s{0,4}:\s{0,4}\\?"[0-9a-f]{40}\\?",\s{0,40}'
        r'\\?"private_key\\?"\s{0,4}:\s{0,4}'
        r'\\?"(-----BEGIN PRIVATE KEY-----[0-9A-Za-z+/=\\]{800}[0-9A-Za-z+/=\\]*'
        r"-----END PRIVATE KEY-----)"
    ),
    anchor=r'private_key_id\\?"\s{0,4}:\s{0,4}\\?"[0-9a-f]{40}',
    max_chars=3400,
    keywords=("private_key_id",),
    path="app/service-account.json",
    remediation=f"{REVOKE}: IAM & Admin, Service Accounts, Keys.",
    references=("https://cloud.google.com/iam/docs/keys-create-delete",),
    bad=lambda random: _line(random, _token(random)),
    good=lambda random: _line(random, _other(random)),
)
def gcp_service_account_key(_: str) -> Claim | None:
    """It is the private key of a service account.

    Whoever holds it acts as that account in Google Cloud until the key is deleted.
    """
    return NOTHING_MORE
