"""Shell: passphrases given to openssl."""

from hullmark.checks.declare import secret
from hullmark.checks.kinds import Claim
from hullmark.checks.passwords import drawn, following, password, stand_in
from hullmark.model import Severity


@secret(
    id="openssl-passphrase",
    title="Passphrase on the command line of openssl",
    severity=Severity.MEDIUM,
    **following(r"-pass(?:in|out)?[ \t]{1,4}[\"\']?pass:", "pass:", chars=30),
    path="srv/certs.sh",
    remediation="Encrypt the key anew, and hand the passphrase over by a file.",
    references=("https://docs.openssl.org/master/man1/openssl-passphrase-options/",),
    bad=lambda random: f"openssl pkcs12 -export -passout pass:{drawn(random)} -in a.pem",
    good=lambda random: random.choice(
        (
            "openssl rsa -passin env:KEY_PASS -in a.pem",
            "openssl rsa -passin pass:$KEY_PASS -in a.pem",
            f"openssl rsa -passin pass:{stand_in(random)}",
            "openssl req -passin pass: -in a",
        )
    ),
)
def openssl_passphrase(value: str) -> Claim | None:
    """Whoever reads it opens the key or archive that it protects."""
    return None if value.isalpha() else password(value)
