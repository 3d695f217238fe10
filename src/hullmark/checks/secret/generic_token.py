"""Tokens by the name of what they are given to."""

from hullmark.checks.declare import secret
from hullmark.checks.kinds import Claim
from hullmark.checks.passwords import given, given_to, not_given_to, random_value
from hullmark.model import Severity
from hullmark.model.rule import Confidence


@secret(
    id="generic-token",
    title="Value that looks like a token",
    severity=Severity.MEDIUM,
    confidence=Confidence.POSSIBLE,
    generic=True,
    entropy=3.3,
    **given(
        "auth_token",
        "access_token",
        "refresh_token",
        "bearer_token",
        "api_token",
        "service_token",
        "deploy_token",
        "bot_token",
        "security_token",
    ),
    path="app/config.py",
    remediation=(
        "Change it where it is checked, and read it from the environment of the run or a "
        "secret store."
    ),
    references=(
        "https://cheatsheetseries.owasp.org/cheatsheets/Secrets_Management_Cheat_Sheet.html",
    ),
    bad=lambda random: given_to(random, "access_token"),
    good=lambda random: not_given_to(random, "access_token"),
)
def generic_token(value: str) -> Claim | None:
    """It is called a token and looks drawn by chance: whoever reads it may act as its owner."""
    return random_value(value)
