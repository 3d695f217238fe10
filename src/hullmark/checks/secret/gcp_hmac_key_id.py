"""Google Cloud Storage HMAC key."""

from random import Random

from hullmark.checks.declare import REVOKE, secret
from hullmark.checks.drawing import UPPER, assigned, text
from hullmark.checks.kinds import NOTHING_MORE, Claim


def _token(random: Random) -> str:
    return f"GOOG1E{text(random, 55, UPPER)}"


def _other(random: Random) -> str:
    return random.choice(
        (
            f"GOOG{text(random, 12, UPPER)}",
            f"GOOGLE_{text(random, 10, UPPER)}",
            "GOOG1EXXXXXXXXXXXXXXXXXXXXXX",
            f"GOOG{text(random, 30, UPPER)}",
        )
    )


@secret(
    id="gcp-hmac-key-id",
    title="Google Cloud Storage HMAC key",
    pattern=r"\b(GOOG1E[0-9A-Z]{55}|GOOG[0-9A-Z]{20})\b",
    anchor=r"GOOG[0-9A-Z]{20}",
    max_chars=61,
    keywords=("GOOG",),
    entropy=3.3,
    remediation=f"{REVOKE}: Cloud Storage, Settings, Interoperability.",
    references=("https://cloud.google.com/storage/docs/authentication/hmackeys",),
    bad=lambda random: assigned(random, "gcs", _token(random)),
    good=lambda random: assigned(random, "gcs", _other(random)),
)
def gcp_hmac_key_id(_: str) -> Claim | None:
    """It opens Google Cloud Storage as S3 is opened.

    With the secret beside it, whoever reads it acts as the service account that it belongs to.
    """
    return NOTHING_MORE
