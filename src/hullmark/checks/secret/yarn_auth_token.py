"""Yarn: tokens and logins for registries."""

from hullmark.checks.declare import secret
from hullmark.checks.kinds import Claim
from hullmark.checks.passwords import drawn, following, password
from hullmark.model import Severity


@secret(
    id="yarn-auth-token",
    title="Yarn registry token",
    severity=Severity.HIGH,
    **following(
        r"npmAuth(?:Token|Ident)[\"']?:[ \t]{1,8}",
        "npmAuth",
        chars=40,
        least=8,
    ),
    path="home/app/.yarnrc.yml",
    remediation="Revoke it at the registry, and have Yarn read another from the environment.",
    references=("https://yarnpkg.com/configuration/yarnrc#npmAuthToken",),
    bad=lambda random: random.choice(
        (f'npmAuthToken: "{drawn(random, 36)}"', f"    npmAuthIdent: {drawn(random, 24)}")
    ),
    good=lambda random: random.choice(
        ('npmAuthToken: "${NPM_TOKEN}"', "npmAlwaysAuth: true", 'npmAuthToken: "<token>"')
    ),
)
def yarn_auth_token(value: str) -> Claim | None:
    """Whoever reads it installs private packages, and publishes where its owner may."""
    return password(value)
