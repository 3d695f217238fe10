"""API keys by the name of what they are given to."""

from hullmark.checks.declare import secret
from hullmark.checks.kinds import Claim
from hullmark.checks.passwords import given, given_to, not_given_to, random_value
from hullmark.model import Severity
from hullmark.model.rule import Confidence


@secret(
    id="generic-api-key",
    title="Value that looks like an API key",
    severity=Severity.MEDIUM,
    confidence=Confidence.POSSIBLE,
    generic=True,
    entropy=3.3,
    **given("api_key", "apikey", "app_key", "application_key", "consumer_key", "service_key"),
    path="app/config.py",
    remediation=(
        "Change it where it is checked, and read it from the environment of the run or a "
        "secret store."
    ),
    references=(
        "https://cheatsheetseries.owasp.org/cheatsheets/Secrets_Management_Cheat_Sheet.html",
    ),
    bad=lambda random: given_to(random, "api_key"),
    good=lambda random: not_given_to(random, "api_key"),
)
def generic_api_key(value: str) -> Claim | None:
    """It is called a key of an API and looks drawn by chance: it may let anybody call that."""
    return random_value(value)
