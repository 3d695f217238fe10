"""Web servers: hashes of passwords in htpasswd's forms."""

from base64 import b64encode

from hullmark.checks.declare import secret
from hullmark.checks.drawing import text
from hullmark.checks.kinds import NOTHING_MORE, Claim
from hullmark.model import Severity

SIZES = (22, 28, 32, 36, 40, 53)
"""Of the hashes of MD5, SHA-1, SHA-1 with a salt, and bcrypt."""


@secret(
    id="htpasswd-hash",
    title="Hash of a web server's password",
    severity=Severity.MEDIUM,
    pattern=(
        r"(?:^|[\s\"'=])[A-Za-z0-9._@-]{1,64}:(?:\$apr1\$[A-Za-z0-9./]{1,8}\$|\$2[aby]"
        r"\$[0-9]{2}\$|\{S?SHA\})([A-Za-z0-9+/.]{22,53}={0,2})"
    ),
    anchor=(
        r":(?:\$apr1\$[A-Za-z0-9./]{1,8}\$[A-Za-z0-9./]{22}|\$2[aby]\$[0-9]{2}"
        r"\$[A-Za-z0-9./]{53}|\{S?SHA\}[A-Za-z0-9+/]{27})"
    ),
    max_chars=140,
    keywords=("$apr1$", "$2a$", "$2b$", "$2y$", "{SHA}", "{SSHA}"),
    path="etc/nginx/.htpasswd",
    remediation=(
        "Change the password, as whoever has the image tries passwords without end, and "
        "mount the file when the container runs."
    ),
    references=("https://httpd.apache.org/docs/2.4/misc/password_encryptions.html",),
    bad=lambda random: random.choice(
        (
            f"admin:$apr1${text(random, 8)}${text(random, 22)}",
            f"admin:$2y$05${text(random, 53)}",
            f"admin:{{SHA}}{b64encode(random.randbytes(20)).decode()}",
        )
    ),
    good=lambda random: random.choice(
        (
            f"admin:$apr1${text(random, 8)}${text(random, 12)}",
            "admin:$2y$05$....",
            f"hash = $2y$05${text(random, 53)}",
            f"admin:{text(random, 32)}",
        )
    ),
)
def htpasswd_hash(value: str) -> Claim | None:
    """Whoever finds its password, within hours where it is a usual one, logs in as this user."""
    return NOTHING_MORE if len(value) in SIZES else None
