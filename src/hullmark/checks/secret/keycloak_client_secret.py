"""Keycloak: secrets of clients in exports of realms."""

from hullmark.checks.declare import secret
from hullmark.checks.kinds import Claim
from hullmark.checks.passwords import drawn, following, password
from hullmark.model import Severity


@secret(
    id="keycloak-client-secret",
    title="Secret of a Keycloak client",
    severity=Severity.HIGH,
    names=("*realm*.json", "*keycloak*.json"),
    **following(
        r"\"(?:secret|clientSecret|bindCredential|adminPassword|secretData)\"[ \t]?:[ \t]?\"",
        "secret",
        "clientSecret",
        "bindCredential",
        "adminPassword",
        chars=40,
        least=8,
    ),
    path="opt/keycloak/data/import/realm.json",
    remediation="Have Keycloak make another, and leave secrets out of what is imported.",
    references=("https://www.keycloak.org/server/importExport",),
    bad=lambda random: (
        f'      "{random.choice(("secret", "clientSecret"))}": "{drawn(random, 32)}",'
    ),
    good=lambda random: random.choice(
        (
            '      "secret": "**********",',
            '      "clientAuthenticatorType": "client-secret",',
            '      "secret": "${CLIENT_SECRET}",',
        )
    ),
)
def keycloak_client_secret(value: str) -> Claim | None:
    """Whoever reads it asks for tokens as this client, and may read the realm's users."""
    return password(value)
