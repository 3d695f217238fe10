"""Laravel: APP_KEY."""

from base64 import b64encode

from hullmark.checks.declare import secret
from hullmark.checks.kinds import Claim
from hullmark.checks.passwords import following
from hullmark.checks.proofs import base64_bytes
from hullmark.model import Severity

KEY_BYTES = (16, 32)


@secret(
    id="laravel-app-key",
    title="Laravel application key",
    severity=Severity.HIGH,
    **following(r"\bAPP_KEY=[\"\']?base64:", "APP_KEY=", chars=20, least=12),
    path="app/.env",
    remediation=(
        "Set another with php artisan key:generate, and hand it over when the container runs."
    ),
    references=("https://laravel.com/docs/encryption",),
    bad=lambda random: f"APP_KEY=base64:{b64encode(random.randbytes(32)).decode()}",
    good=lambda random: random.choice(
        (
            "APP_KEY=",
            "APP_KEY=base64:",
            f"APP_KEY=base64:{b64encode(random.randbytes(9)).decode()}",
            "APP_KEY=base64:${KEY}",
        )
    ),
)
def laravel_app_key(value: str) -> Claim | None:
    """Whoever holds it decrypts and signs cookies, so logs in as anybody, and may run code."""
    data = base64_bytes(value)
    if data is None or len(data) not in KEY_BYTES:
        return None
    return Claim(says=f"decodes to a key of {len(data)} bytes")
