"""GitHub: personal access tokens of the classic form."""

from random import Random

from hullmark.checks.declare import REVOKE, secret
from hullmark.checks.drawing import assigned, text
from hullmark.checks.kinds import Claim
from hullmark.checks.proofs import crc32_base62
from hullmark.model import Severity


def _token(random: Random) -> str:
    body = text(random, 30)
    return f"ghp_{body}{crc32_base62(body)}"


def _forged(random: Random) -> str:
    token = _token(random)
    return token[:-1] + ("A" if token[-1] != "A" else "B")


@secret(
    id="github-token",
    title="GitHub personal access token",
    severity=Severity.CRITICAL,
    pattern=r"\b(ghp_[0-9A-Za-z]{36})\b",
    anchor=r"ghp_[0-9A-Za-z]{36}",
    max_chars=40,
    keywords=("ghp_",),
    binary=True,
    remediation=f"{REVOKE}: Settings, Developer settings, Personal access tokens.",
    references=(
        "https://docs.github.com/en/authentication/keeping-your-account-and-data-secure/about-authentication-to-github#githubs-token-formats",
    ),
    bad=lambda random: assigned(random, "github", _token(random)),
    good=lambda random: assigned(random, "github", _forged(random)),
)
def github_token(value: str) -> Claim | None:
    """Whoever holds it reads and writes every repository that its owner granted it.

    Its last six characters are a checksum of the others, so one that was made up is passed over.
    """
    if crc32_base62(value[4:34]) != value[34:]:
        return None
    return Claim(says="its checksum holds")
