"""HTTP: passwords in Authorization headers (RFC 7617)."""

from base64 import b64encode
from random import Random

from hullmark.checks.declare import secret
from hullmark.checks.kinds import Claim
from hullmark.checks.passwords import drawn, is_password
from hullmark.checks.proofs import base64_bytes
from hullmark.model import Severity

MAX_CREDENTIALS_CHARS = 400
EXAMPLES = ("open sesame", "opensesame", "1234567890")
"""Passwords in the examples of RFC 7617 and its like."""

_BEFORE = r"(?i:authorization)[\"']?[\])]?[ \t]{0,2}[:=,]?[ \t]{0,4}\\?[\"']?(?i:basic)[ \t]{1,2}"


def _encoded(said: str) -> str:
    return b64encode(said.encode()).decode()


def _bad(random: Random) -> str:
    value = _encoded(f"app:{drawn(random)}")
    return random.choice(
        (
            f'curl -H "Authorization: Basic {value}" https://api.internal',
            f'proxy_set_header Authorization "Basic {value}";',
            f'headers["Authorization"] = "Basic {value}"',
            f"  authorization: Basic {value}",
        )
    )


def _good(random: Random) -> str:
    return random.choice(
        (
            f'curl -H "Authorization: Basic {_encoded("Aladdin:open sesame")}" https://api',
            f"Authorization: Basic {_encoded('username:password')}",
            f"Authorization: Basic {_encoded('no colon in these credentials')}",
            'proxy_set_header Authorization "Basic $credentials";',
            "Authorization: Basic <base64 of user:password>",
            "Authorization: Basic authentication is required",
        )
    )


@secret(
    id="basic-header",
    title="Password in a basic authorization header",
    severity=Severity.MEDIUM,
    pattern=rf"{_BEFORE}([A-Za-z0-9+/]{{8,{MAX_CREDENTIALS_CHARS}}}={{0,2}})",
    anchor=rf"{_BEFORE}[A-Za-z0-9+/]{{8}}",
    max_chars=MAX_CREDENTIALS_CHARS + 40,
    keywords=("asic", "ASIC"),
    path="etc/nginx/conf.d/proxy.conf",
    remediation="Change the password, and read it from the environment of the run.",
    references=("https://www.rfc-editor.org/rfc/rfc7617",),
    bad=_bad,
    good=_good,
)
def basic_header(value: str) -> Claim | None:
    """The header is user and password in base 64, which hides nothing."""
    said = (base64_bytes(value) or b"").decode(errors="replace")
    user, colon, password = said.partition(":")
    if not colon or not said.isprintable() or password in EXAMPLES or not is_password(password):
        return None
    return Claim(says=f"of user {user!r}")
