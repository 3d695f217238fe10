"""JFrog reference token."""

from base64 import b64encode
from datetime import UTC, datetime
from random import Random
from re import compile as regex

from hullmark.checks.declare import REVOKE, secret
from hullmark.checks.drawing import assigned, text, unlike
from hullmark.checks.kinds import Claim
from hullmark.checks.proofs import base64_bytes
from hullmark.model import Severity

_reference = regex(rb"reftkn:\d\d:(\d{10}):[0-9A-Za-z]+").fullmatch


def _token(random: Random) -> str:
    said = f"reftkn:01:{random.randrange(10**9, 10**10)}:{text(random, 27)}"
    return b64encode(said.encode()).decode()


@secret(
    id="artifactory-reference-token",
    title="JFrog reference token",
    severity=Severity.CRITICAL,
    pattern=r"\b(cmVmdGtu[0-9A-Za-z+/]{40,80}={0,2})",
    anchor=r"cmVmdGtu[0-9A-Za-z+/]{40}",
    max_chars=92,
    keywords=("cmVmdGtu",),
    remediation=f"{REVOKE}: JFrog Platform, Access Tokens.",
    references=(
        "https://jfrog.com/help/r/jfrog-platform-administration-documentation/access-tokens",
    ),
    bad=lambda random: assigned(random, "artifactory", _token(random)),
    good=lambda random: assigned(random, "artifactory", unlike(random, "cmVmdGtu", 40)),
)
def artifactory_reference_token(value: str) -> Claim | None:
    """It acts as its owner in Artifactory and its kin.

    Whoever holds it reads artifacts and may put others in their place.
    """
    found = _reference(base64_bytes(value) or b"")
    if not found:
        return None
    ends = int(found[1])
    return Claim(
        says=f"expires {datetime.fromtimestamp(ends, UTC):%Y-%m-%d}" if ends else "never expires"
    )
