"""Amazon SES: SMTP passwords, which begin with the number of their version."""

from binascii import b2a_base64
from random import Random

from hullmark.checks.declare import REVOKE, secret
from hullmark.checks.drawing import given, misfit
from hullmark.checks.forms import named
from hullmark.checks.kinds import NOTHING_MORE, Claim
from hullmark.checks.proofs import base64_bytes, is_drawn

NAMES = (
    "SMTP_PASSWORD",
    "smtp.password",
    "SES_SMTP_PASSWORD",
)


VERSION = 4
"""The first byte of every such password."""


def _token(random: Random) -> str:
    return b2a_base64(bytes([VERSION]) + random.randbytes(32), newline=False).decode()


@secret(
    id="amazon-ses-smtp-password",
    title="Amazon SES SMTP password",
    **named(
        "smtp",
        "ses_smtp",
        "mail_pass",
        "email_host",
        value=r"B[A-P][0-9A-Za-z+/]{42}",
        chars=44,
        words="pass|pwd|secret",
        end=r"(?:[^0-9A-Za-z+/=]|$)",
    ),
    entropy=4.2,
    remediation=f"{REVOKE}: the IAM user's access keys.",
    references=("https://docs.aws.amazon.com/ses/latest/dg/smtp-credentials.html",),
    bad=lambda random: given(random, NAMES, _token(random)),
    good=lambda random: given(random, NAMES, misfit(random, 44)),
)
def amazon_ses_smtp_password(value: str) -> Claim | None:
    """Together with its user's name it sends mail in the names of the account's domains.

    Its first byte says 4, the version.
    """
    data = base64_bytes(value)
    if data is None or data[0] != VERSION or not is_drawn(value):
        return None
    return NOTHING_MORE
