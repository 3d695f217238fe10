"""PyPI API token."""

from random import Random

from hullmark.checks.declare import REVOKE, secret
from hullmark.checks.drawing import BASE64URL, text
from hullmark.checks.kinds import Claim
from hullmark.checks.macaroons import drawn, is_whole
from hullmark.model import Severity

HOST = b"pypi.org"


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
    bad=lambda random: f"password = {drawn(random, HOST)}",
    good=lambda random: f"password = {_other(random)}",
)
def pypi_token(value: str) -> Claim | None:
    """It uploads to the Python Package Index.

    Whoever holds it publishes versions that everybody who installs the package runs.
    """
    return Claim(says="its structure holds") if is_whole(value) else None
