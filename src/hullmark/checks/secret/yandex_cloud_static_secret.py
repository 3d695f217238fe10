"""Yandex Cloud static access key."""

from random import Random

from hullmark.checks.declare import REVOKE, secret
from hullmark.checks.drawing import BASE64URL, text, uuid
from hullmark.checks.forms import named
from hullmark.checks.kinds import NOTHING_MORE, Claim
from hullmark.checks.proofs import is_drawn


def _token(random: Random) -> str:
    return "YC" + text(random, 38, BASE64URL)


def _other(random: Random) -> str:
    return random.choice(
        (
            text(random, 25, BASE64URL),
            "${YC_SECRET_KEY}",
            "x" * 38,
            uuid(random),
            "your_yandex_token",
        )
    )


@secret(
    id="yandex-cloud-static-secret",
    title="Yandex Cloud static access key",
    **named(
        "yandex",
        "yc_storage",
        "yc_access",
        "yc_secret",
        "secret_access_key",
        value=r"YC[0-9A-Za-z_-]{38}",
        chars=40,
        words="",
        end=r"(?:[^0-9A-Za-z+/=_-]|$)",
    ),
    entropy=3.8,
    remediation=f"{REVOKE}: Service accounts, Static access keys.",
    references=("https://yandex.cloud/en/docs/iam/operations/compromised-credentials",),
    bad=lambda random: f"YC_SECRET_KEY={_token(random)}",
    good=lambda random: f"YC_SECRET_KEY={_other(random)}",
)
def yandex_cloud_static_secret(value: str) -> Claim | None:
    """It signs requests to Yandex Object Storage and its kin.

    With the id beside it, whoever holds it reads and writes what its service account may.
    """
    return NOTHING_MORE if is_drawn(value) else None
