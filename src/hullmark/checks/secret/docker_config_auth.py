"""Docker registry credentials."""

from base64 import b64encode
from random import Random
from re import compile as regex

from hullmark.checks.declare import secret
from hullmark.checks.drawing import BASE64, LOWER, text
from hullmark.checks.kinds import Claim
from hullmark.checks.passwords import drawn, is_password
from hullmark.checks.proofs import base64_bytes
from hullmark.model import Severity

_login = regex(rb"([\x21-\x39\x3b-\x7e]{1,255}):([\x20-\x7e]{1,2000})").fullmatch
"""User and password (RFC 7617)."""


def _token(random: Random) -> str:
    return b64encode(f"{text(random, 6, LOWER)}:{drawn(random)}".encode()).decode()


def _other(random: Random) -> str:
    return random.choice(
        (
            "authenticated",
            b64encode(b"user:password").decode(),
            text(random, 24, BASE64),
            "${REGISTRY_AUTH}",
            b64encode(f"{text(random, 8)}:".encode()).decode(),
        )
    )


@secret(
    id="docker-config-auth",
    title="Docker registry credentials",
    severity=Severity.CRITICAL,
    pattern=(r'\\?"auth\\?"\s{0,4}:\s{0,4}\\?"([0-9A-Za-z+/]{8}[0-9A-Za-z+/]*={0,2})\\?"'),
    anchor=r'"auth\\?"\s{0,4}:\s{0,4}\\?"[0-9A-Za-z+/]{8}',
    max_chars=3030,
    keywords=('"auth',),
    path="root/.docker/config.json",
    remediation=(
        "Change the password or revoke the token at the registry, "
        "and keep credentials in a credential helper."
    ),
    references=("https://docs.docker.com/reference/cli/docker/login/#credential-stores",),
    bad=lambda random: f'{{"auths": {{"registry.internal": {{"auth": "{_token(random)}"}}}}}}',
    good=lambda random: f'{{"auths": {{"registry.internal": {{"auth": "{_other(random)}"}}}}}}',
)
def docker_config_auth(value: str) -> Claim | None:
    """It is a user and password for a registry, which anybody can decode.

    Whoever holds them pulls private images and may push others in their place.
    """
    found = _login((base64_bytes(value) or b"").rstrip(b"\0"))
    if not found or not is_password(found[2].decode()):
        return None
    return Claim(says=f"of user {found[1].decode()!r}")
