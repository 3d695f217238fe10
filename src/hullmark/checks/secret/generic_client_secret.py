"""Client secrets by the name of what they are given to."""

from hullmark.checks.declare import secret
from hullmark.checks.kinds import Claim
from hullmark.checks.passwords import given, given_to, not_given_to, random_value
from hullmark.model import Severity
from hullmark.model.rule import Confidence


@secret(
    id="generic-client-secret",
    title="Value that looks like a client secret",
    severity=Severity.MEDIUM,
    confidence=Confidence.POSSIBLE,
    generic=True,
    entropy=3.3,
    **given("client_secret", "app_secret", "consumer_secret", "oauth_secret"),
    path="app/config.py",
    remediation=(
        "Change it where it is checked, and read it from the environment of the run or a "
        "secret store."
    ),
    references=(
        "https://cheatsheetseries.owasp.org/cheatsheets/Secrets_Management_Cheat_Sheet.html",
    ),
    bad=lambda random: given_to(random, "client_secret"),
    good=lambda random: not_given_to(random, "client_secret"),
)
def generic_client_secret(value: str) -> Claim | None:
    """It is called a client secret: whoever reads it may ask for tokens as this application."""
    return random_value(value)
