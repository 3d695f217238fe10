"""Private keys by the name of what they are given to."""

from hullmark.checks.declare import secret
from hullmark.checks.kinds import Claim
from hullmark.checks.passwords import given, given_to, not_given_to, random_value
from hullmark.model import Severity
from hullmark.model.rule import Confidence


@secret(
    id="generic-private-key",
    title="Value that looks like a private key",
    severity=Severity.MEDIUM,
    confidence=Confidence.POSSIBLE,
    generic=True,
    entropy=3.3,
    **given("private_key", "priv_key", "signing_key", "ssh_key"),
    path="app/config.py",
    remediation=(
        "Change it where it is checked, and read it from the environment of the run or a "
        "secret store."
    ),
    references=(
        "https://cheatsheetseries.owasp.org/cheatsheets/Secrets_Management_Cheat_Sheet.html",
    ),
    bad=lambda random: given_to(random, "signing_key"),
    good=lambda random: not_given_to(random, "signing_key"),
)
def generic_private_key(value: str) -> Claim | None:
    """It is called a private key and looks drawn by chance: whoever reads it may sign with it."""
    return random_value(value)
