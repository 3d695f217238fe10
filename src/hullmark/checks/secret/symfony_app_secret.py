"""Symfony: APP_SECRET."""

from hullmark.checks.declare import secret
from hullmark.checks.drawing import HEX, text
from hullmark.checks.kinds import Claim
from hullmark.checks.passwords import following, random_value
from hullmark.model import Severity


@secret(
    id="symfony-app-secret",
    title="Symfony application secret",
    severity=Severity.MEDIUM,
    **following(r"\bAPP_SECRET=", "APP_SECRET=", chars=20, least=16),
    path="app/.env",
    remediation="Set another, and hand it over when the container runs.",
    references=("https://symfony.com/doc/current/reference/configuration/framework.html#secret",),
    bad=lambda random: f"APP_SECRET={text(random, 32, HEX)}",
    good=lambda random: random.choice(
        ("APP_SECRET=", "APP_SECRET=${SECRET}", "APP_SECRET=ThisTokenIsNotSoSecretChangeIt")
    ),
)
def symfony_app_secret(value: str) -> Claim | None:
    """Whoever holds it signs links, tokens of forms and remembered log-ins."""
    return random_value(value)
