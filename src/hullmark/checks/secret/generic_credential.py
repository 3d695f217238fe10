"""Credentials by the name of what they are given to."""

from hullmark.checks.declare import secret
from hullmark.checks.kinds import Claim
from hullmark.checks.passwords import given, given_to, not_given_to, random_value
from hullmark.model import Severity
from hullmark.model.rule import Confidence


@secret(
    id="generic-credential",
    title="Value that looks like a credential",
    severity=Severity.MEDIUM,
    confidence=Confidence.POSSIBLE,
    generic=True,
    entropy=3.3,
    **given("credentials?", "auth_key", "auth_pass", "auth_secret", "login_key", "license_key"),
    path="app/config.py",
    remediation=(
        "Change it where it is checked, and read it from the environment of the run or a "
        "secret store."
    ),
    references=(
        "https://cheatsheetseries.owasp.org/cheatsheets/Secrets_Management_Cheat_Sheet.html",
    ),
    bad=lambda random: given_to(random, "auth_key"),
    good=lambda random: not_given_to(random, "auth_key"),
)
def generic_credential(value: str) -> Claim | None:
    """It is called a credential and looks drawn by chance: whoever reads it may log in with it."""
    return random_value(value)
