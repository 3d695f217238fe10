"""GnuPG: passphrases on command lines."""

from hullmark.checks.declare import secret
from hullmark.checks.kinds import Claim
from hullmark.checks.passwords import drawn, following, password
from hullmark.model import Severity


@secret(
    id="gpg-passphrase",
    title="Passphrase on GnuPG's command line",
    severity=Severity.MEDIUM,
    **following(
        r"\bgpg2?[ \t][^\n]{0,160}--passphrase[= ][ \t]{0,4}",
        "--passphrase",
        chars=190,
        least=4,
    ),
    path="srv/sign.sh",
    remediation="Change the passphrase, and hand it over with --passphrase-fd when it is needed.",
    references=("https://www.gnupg.org/documentation/manuals/gnupg/GPG-Esoteric-Options.html",),
    bad=lambda random: random.choice(
        (
            f"gpg --batch --yes --passphrase {drawn(random)} -c backup.tar",
            f"gpg2 --batch --passphrase '{drawn(random)}' --sign release.tar",
        )
    ),
    good=lambda random: random.choice(
        (
            'gpg --batch --passphrase "$PASSPHRASE" -c backup.tar',
            "gpg --batch --passphrase-file /run/secrets/key -c backup.tar",
            "gpg --batch --passphrase '' --quick-generate-key app",
            "gpg --passphrase-fd 0",
        )
    ),
)
def gpg_passphrase(value: str) -> Claim | None:
    """It unlocks a key or an encrypted file, and shows in the list of processes."""
    return password(value)
