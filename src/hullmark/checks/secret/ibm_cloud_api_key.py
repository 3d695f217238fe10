"""IBM Cloud API key."""

from random import Random

from hullmark.checks.declare import REVOKE, secret
from hullmark.checks.drawing import BASE64URL, text, uuid
from hullmark.checks.forms import named
from hullmark.checks.kinds import NOTHING_MORE, Claim
from hullmark.checks.proofs import is_drawn
from hullmark.model import Severity


def _token(random: Random) -> str:
    return text(random, 44, BASE64URL)


def _other(random: Random) -> str:
    return random.choice(
        (
            text(random, 29, BASE64URL),
            "${IBMCLOUD_API_KEY}",
            "x" * 44,
            uuid(random),
            "your_ibmcloud_token",
        )
    )


@secret(
    id="ibm-cloud-api-key",
    title="IBM Cloud API key",
    severity=Severity.CRITICAL,
    **named(
        "ibmcloud",
        "ibm_cloud",
        "bluemix",
        "ibm_api",
        value=r"[0-9A-Za-z_-]{44}",
        chars=44,
        words="",
        end=r"(?:[^0-9A-Za-z+/=_-]|$)",
    ),
    entropy=3.8,
    remediation=f"{REVOKE}: Manage, Access (IAM), API keys.",
    references=("https://cloud.ibm.com/docs/account?topic=account-userapikey",),
    bad=lambda random: f"IBMCLOUD_API_KEY={_token(random)}",
    good=lambda random: f"IBMCLOUD_API_KEY={_other(random)}",
)
def ibm_cloud_api_key(value: str) -> Claim | None:
    """It logs in to IBM Cloud as a user or a service.

    Whoever holds it does everything that one may do.
    """
    return NOTHING_MORE if is_drawn(value) else None
