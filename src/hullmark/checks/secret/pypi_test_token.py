"""TestPyPI API token."""

from random import Random

from hullmark.checks.declare import REVOKE, secret
from hullmark.checks.drawing import BASE64URL, text
from hullmark.checks.kinds import Claim
from hullmark.checks.macaroons import drawn, is_whole
from hullmark.model import Severity

HOST = b"test.pypi.org"


def _other(random: Random) -> str:
    return random.choice(
        (
            "pypi-AgENdGVzdC5weXBpLm9yZ" + text(random, 90, BASE64URL),
            "pypi-AgENdGVzdC5weXBpLm9yZ...",
            "pypi-AgENdGVzdC5weXBpLm9yZ" + text(random, 30, BASE64URL),
            "${PYPI_TOKEN}",
            f"pypi-{text(random, 80)}",
        )
    )


@secret(
    id="pypi-test-token",
    title="TestPyPI API token",
    severity=Severity.LOW,
    pattern=r"\b(pypi-AgENdGVzdC5weXBpLm9yZ[0-9A-Za-z_-]{60}[0-9A-Za-z_-]*)",
    anchor=r"pypi-AgENdGVzdC5weXBpLm9yZ[0-9A-Za-z_-]{60}",
    max_chars=1040,
    keywords=("pypi-AgENdGVzdC5weXBpLm9yZ",),
    path="root/.pypirc",
    binary=True,
    remediation=f"{REVOKE}: TestPyPI, Account settings, API tokens.",
    references=("https://packaging.python.org/en/latest/specifications/pypirc/",),
    bad=lambda random: f"password = {drawn(random, HOST)}",
    good=lambda random: f"password = {_other(random)}",
)
def pypi_test_token(value: str) -> Claim | None:
    """It uploads to the Python Package Index's testing site.

    Few install from there, but people use one mind for both.
    """
    return Claim(says="its structure holds") if is_whole(value) else None
