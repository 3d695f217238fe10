"""Access keys by the name of what they are given to."""

from hullmark.checks.declare import secret
from hullmark.checks.kinds import Claim
from hullmark.checks.passwords import given, given_to, not_given_to, random_value
from hullmark.model import Severity
from hullmark.model.rule import Confidence


@secret(
    id="generic-access-key",
    title="Value that looks like an access key",
    severity=Severity.MEDIUM,
    confidence=Confidence.POSSIBLE,
    generic=True,
    entropy=3.3,
    **given("access_key", "account_key", "storage_key", "master_key", "subscription_key"),
    path="app/config.py",
    remediation=(
        "Change it where it is checked, and read it from the environment of the run or a "
        "secret store."
    ),
    references=(
        "https://cheatsheetseries.owasp.org/cheatsheets/Secrets_Management_Cheat_Sheet.html",
    ),
    bad=lambda random: given_to(random, "storage_access_key"),
    good=lambda random: not_given_to(random, "storage_access_key"),
)
def generic_access_key(value: str) -> Claim | None:
    """It is called an access key and looks drawn by chance: it may open an account."""
    return random_value(value)
