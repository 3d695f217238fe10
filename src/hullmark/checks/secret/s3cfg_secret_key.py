"""s3cmd: the secret key in its configuration."""

from hullmark.checks.declare import secret
from hullmark.checks.drawing import text
from hullmark.checks.kinds import Claim
from hullmark.checks.passwords import following, random_value, stand_in
from hullmark.model import Severity


@secret(
    id="s3cfg-secret-key",
    title="Secret key of s3cmd",
    severity=Severity.HIGH,
    names=(".s3cfg", "s3cfg"),
    **following(r"\bsecret_key[ \t]{0,4}=[ \t]{0,4}", "secret_key", chars=30, least=16),
    path="root/.s3cfg",
    remediation="Deactivate the key where it was issued, and issue another.",
    references=("https://s3tools.org/kb/item14.htm",),
    bad=lambda random: f"secret_key = {text(random, 40)}",
    good=lambda random: random.choice(
        ("secret_key =", f"secret_key = {stand_in(random)}", "use_https = True")
    ),
)
def s3cfg_secret_key(value: str) -> Claim | None:
    """Whoever holds it reads and writes the buckets of this account."""
    return random_value(value)
