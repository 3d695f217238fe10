"""IPsec: shared secrets and passwords."""

from hullmark.checks.declare import secret
from hullmark.checks.kinds import Claim
from hullmark.checks.passwords import drawn, following, password
from hullmark.model import Severity


@secret(
    id="ipsec-secret",
    title="IPsec secret",
    severity=Severity.HIGH,
    names=("ipsec*.secrets", "*.secrets"),
    **following(
        r":[ \t]{1,8}(?:PSK|XAUTH|EAP|NTLM)[ \t]{1,8}",
        "PSK",
        "XAUTH",
        "EAP",
        "NTLM",
        chars=40,
        least=6,
    ),
    path="etc/ipsec.secrets",
    remediation=(
        "Set another at both ends, or use certificates, and mount the file when the container runs."
    ),
    references=("https://docs.strongswan.org/docs/latest/config/IKEv2.html",),
    bad=lambda random: f'%any 10.0.0.1 : PSK "{drawn(random)}"',
    good=lambda random: random.choice((': PSK "changeme"', ": RSA server.pem", ": PSK %prompt")),
)
def ipsec_secret(value: str) -> Claim | None:
    """Whoever reads it stands in for the gateway, or joins the network behind it."""
    return password(value)
