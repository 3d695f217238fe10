"""HTTP: keys in headers of their own."""

from hullmark.checks.declare import secret
from hullmark.checks.kinds import Claim
from hullmark.checks.passwords import drawn, following, random_value
from hullmark.model import Severity


@secret(
    id="api-key-header",
    title="API key in a header",
    severity=Severity.MEDIUM,
    generic=True,
    **following(
        (
            "(?i:x-api-key|x-auth-token|x-access-token|x-vault-token|private-token|api-key)"
            r"[\"\']?\]?\s?[:=,]\s?[\"\']?"
        ),
        "-",
        chars=40,
        least=16,
    ),
    path="srv/deploy.sh",
    remediation="Revoke it where it was issued, and read it from the environment of the run.",
    references=("https://swagger.io/docs/specification/v3_0/authentication/api-keys/",),
    bad=lambda random: f'curl -H "X-API-Key: {drawn(random, 32)}" https://api.internal',
    good=lambda random: random.choice(
        (
            'curl -H "X-API-Key: $KEY" https://api.internal',
            'headers["x-api-key"] = api_key',
            "x-api-key: string",
            "X-Auth-Token: {token}",
        )
    ),
)
def api_key_header(value: str) -> Claim | None:
    """Whoever reads it calls that service as its owner."""
    return random_value(value)
