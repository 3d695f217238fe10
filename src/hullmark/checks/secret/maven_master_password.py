"""Maven master password."""

from random import Random

from hullmark.checks.declare import secret
from hullmark.checks.drawing import BASE64, text
from hullmark.checks.kinds import NOTHING_MORE, Claim
from hullmark.model import Severity


def _token(random: Random) -> str:
    return "{" + text(random, 43, BASE64) + "=}"


def _other(random: Random) -> str:
    return random.choice(
        (
            "{...}",
            "${MASTER}",
            text(random, 43, BASE64),
        )
    )


def _line(_: Random, value: str) -> str:
    return f"<settingsSecurity>\n  <master>{value}</master>\n</settingsSecurity>"


@secret(
    id="maven-master-password",
    title="Maven master password",
    severity=Severity.MEDIUM,
    pattern=r"<settingsSecurity>\s{0,80}<master>(\{[0-9A-Za-z+/]{20,200}={0,2}\})</master>",
    anchor=r"<settingsSecurity>\s{0,80}<master>\{[0-9A-Za-z+/]{20}",
    max_chars=330,
    keywords=("<settingsSecurity>",),
    path="root/.m2/settings-security.xml",
    remediation=(
        "Make another, change the passwords that it encrypts, "
        "and leave its file out of what is shipped."
    ),
    references=("https://maven.apache.org/guides/mini/guide-encryption.html",),
    bad=lambda random: _line(random, _token(random)),
    good=lambda random: _line(random, _other(random)),
)
def maven_master_password(_: str) -> Claim | None:
    """It decrypts the passwords in Maven's settings.

    Its own encryption is with a key that everybody knows.
    """
    return NOTHING_MORE
