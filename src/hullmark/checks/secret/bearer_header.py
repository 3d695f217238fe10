"""HTTP: tokens in Authorization headers."""

from hullmark.checks.declare import secret
from hullmark.checks.kinds import Claim
from hullmark.checks.passwords import drawn, following, random_value
from hullmark.model import Severity


@secret(
    id="bearer-header",
    title="Bearer token in a header",
    severity=Severity.MEDIUM,
    generic=True,
    **following(
        r"(?i:authorization)[\"\']?\]?\s?[:=,]\s?[\"\']?(?i:bearer|token|apikey)[ \t]{1,2}",
        "uthorization",
        "UTHORIZATION",
        chars=50,
        least=20,
    ),
    path="srv/deploy.sh",
    remediation="Revoke it where it was issued, and read it from the environment of the run.",
    references=("https://www.rfc-editor.org/rfc/rfc6750",),
    bad=lambda random: f'curl -H "Authorization: Bearer {drawn(random, 40)}" https://api.internal',
    good=lambda random: random.choice(
        (
            'curl -H "Authorization: Bearer $TOKEN" https://api.internal',
            'headers["Authorization"] = "Bearer " + token',
            "Authorization: Bearer <token>",
            "Authorization: Bearer mF_9.B5f",
        )
    ),
)
def bearer_header(value: str) -> Claim | None:
    """Whoever reads it calls that service as its owner, until the token is revoked."""
    return random_value(value)
