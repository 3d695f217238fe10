"""PyPI API token."""

from base64 import urlsafe_b64encode
from random import Random

from hullmark.checks.declare import REVOKE, secret
from hullmark.checks.drawing import BASE64URL, text, uuid
from hullmark.checks.kinds import Claim
from hullmark.checks.proofs import base64_bytes
from hullmark.model import Severity

HOST = b"pypi.org"
SIGNATURE = b"\x06\x20"
"""What stands before the 32 bytes at a macaroon's end."""


def _token(random: Random) -> str:
    identity = uuid(random).encode()
    body = (
        b"\x02\x01"
        + bytes([len(HOST)])
        + HOST
        + b"\x02"
        + bytes([len(identity)])
        + identity
        + b"\x00"
    )
    body += b"\x00\x06\x20" + random.randbytes(32)
    return "pypi-" + urlsafe_b64encode(body).decode().rstrip("=")


def _other(random: Random) -> str:
    return random.choice(
        (
            "pypi-AgEIcHlwaS5vcmc" + text(random, 90, BASE64URL),
            "pypi-AgEIcHlwaS5vcmc...",
            "pypi-AgEIcHlwaS5vcmc" + text(random, 30, BASE64URL),
            "${PYPI_TOKEN}",
            f"pypi-{text(random, 80)}",
        )
    )


@secret(
    id="pypi-token",
    title="PyPI API token",
    severity=Severity.CRITICAL,
    pattern=r"\b(pypi-AgEIcHlwaS5vcmc[0-9A-Za-z_-]{60}[0-9A-Za-z_-]*)",
    anchor=r"pypi-AgEIcHlwaS5vcmc[0-9A-Za-z_-]{60}",
    max_chars=1040,
    keywords=("pypi-AgEIcHlwaS5vcmc",),
    path="root/.pypirc",
    binary=True,
    remediation=f"{REVOKE}: PyPI, Account settings, API tokens.",
    references=("https://packaging.python.org/en/latest/specifications/pypirc/",),
    bad=lambda random: f"password = {_token(random)}",
    good=lambda random: f"password = {_other(random)}",
)
def pypi_token(value: str) -> Claim | None:
    """It uploads to the Python Package Index.

    Whoever holds it publishes versions that everybody who installs the package runs.
    """
    body = base64_bytes(value[5:])
    if body is None or body[-34:-32] != SIGNATURE:
        return None
    return Claim(says="its structure holds")
