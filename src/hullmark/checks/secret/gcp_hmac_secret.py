"""Google Cloud: secrets of HMAC keys for storage."""

from hullmark.checks.declare import secret
from hullmark.checks.drawing import BASE64, given, misfit, text
from hullmark.checks.forms import named
from hullmark.checks.kinds import NOTHING_MORE, Claim
from hullmark.checks.proofs import is_drawn


@secret(
    id="gcp-hmac-secret",
    title="Google Cloud storage HMAC secret",
    **named(
        "gs_secret",
        "gcs_hmac",
        "gcp_hmac",
        words="key|secret",
        value=r"[A-Za-z0-9+/]{40}",
        chars=40,
        end=r"(?:[^A-Za-z0-9+/]|\z)",
    ),
    entropy=4.0,
    remediation="Deactivate and delete the key, and make another.",
    references=("https://cloud.google.com/storage/docs/authentication/hmackeys",),
    bad=lambda random: given(
        random, ("gs_secret_access_key", "GCS_HMAC_SECRET"), text(random, 40, BASE64)
    ),
    good=lambda random: given(
        random, ("gs_secret_access_key", "GCS_HMAC_SECRET"), misfit(random, 40, BASE64)
    ),
)
def gcp_hmac_secret(value: str) -> Claim | None:
    """With its access identifier it reads and writes the buckets of the account it belongs to."""
    return NOTHING_MORE if is_drawn(value) else None
