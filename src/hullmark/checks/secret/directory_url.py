"""LDAP: addresses of directories."""

from hullmark.checks.declare import secret
from hullmark.checks.kinds import Claim
from hullmark.checks.passwords import password
from hullmark.checks.urls import address, carrying, harmless
from hullmark.model import Severity


@secret(
    id="directory-url",
    title="LDAP address with a password",
    severity=Severity.HIGH,
    **carrying("ldaps?"),
    path="app/.env",
    remediation=(
        "Change the password of the account, and hand the address over when the container runs."
    ),
    references=("https://www.rfc-editor.org/rfc/rfc4516",),
    bad=lambda random: address(random, random.choice(("ldap", "ldaps"))),
    good=lambda random: harmless(random, random.choice(("ldap", "ldaps"))),
)
def directory_url(value: str) -> Claim | None:
    """Whoever reads it binds to the directory as this account."""
    return password(value)
