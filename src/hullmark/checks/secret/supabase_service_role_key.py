"""Supabase: keys of the older form: JWTs for the role ``service_role``."""

from binascii import b2a_base64
from random import Random
from string import ascii_lowercase

from msgspec.json import encode

from hullmark.checks.declare import REVOKE, secret
from hullmark.checks.drawing import BASE64URL, assigned, text
from hullmark.checks.kinds import Claim
from hullmark.checks.proofs import base64_json
from hullmark.model import Severity


def _part(inner: dict[str, object]) -> str:
    data = b2a_base64(encode(inner), newline=False).decode()
    return data.rstrip("=").replace("+", "-").replace("/", "_")


def _jwt(random: Random, role: str) -> str:
    project = text(random, 20, ascii_lowercase)
    inner = {"iss": "supabase", "ref": project, "role": role, "iat": 1700000000, "exp": 2015576000}
    head = _part({"alg": "HS256", "typ": "JWT"})
    return f"{head}.{_part(inner)}.{text(random, 43, BASE64URL)}"


def _token(random: Random) -> str:
    return _jwt(random, "service_role")


def _lookalike(random: Random) -> str:
    token = _token(random)
    return random.choice(
        (
            _jwt(random, "anon"),
            token[:80],
            "${SUPABASE_SERVICE_ROLE_KEY}",
        )
    )


@secret(
    id="supabase-service-role-key",
    title="Supabase service role key",
    severity=Severity.CRITICAL,
    pattern=r"\b(eyJ[0-9A-Za-z_-]{10,60}\.eyJpc3MiOiJzdXBhYmFzZSI[0-9A-Za-z_-]{60,200}\.[0-9A-Za-z_-]{43})(?:[^0-9A-Za-z_-]|$)",
    anchor=r"\.eyJpc3MiOiJzdXBhYmFzZSI[0-9A-Za-z_-]{60,200}\.[0-9A-Za-z_-]{43}",
    max_chars=340,
    keywords=("eyJpc3MiOiJzdXBhYmFzZSI",),
    binary=True,
    remediation=f"{REVOKE}: the project's settings, API Keys, rotate the JWT secret.",
    references=("https://supabase.com/docs/guides/api/api-keys",),
    bad=lambda random: assigned(random, "supabase", _token(random)),
    good=lambda random: assigned(random, "supabase", _lookalike(random)),
)
def supabase_service_role_key(value: str) -> Claim | None:
    """Whoever holds it reads and changes all data of the project, past every rule on rows.

    Keys for the role anon are made to be seen and are passed over.
    """
    inner = base64_json(value.split(".")[1])
    if inner is None or inner.get("role") != "service_role":
        return None
    return Claim(says=f"of the project {inner.get('ref', '?')}"[:80])
