"""netrc: passwords of machines."""

from hullmark.checks.declare import secret
from hullmark.checks.kinds import Claim
from hullmark.checks.passwords import drawn, password, stand_in
from hullmark.model import Severity


@secret(
    id="netrc-password",
    title="Password in .netrc",
    severity=Severity.HIGH,
    pattern=(
        r"\b(?:machine[ \t]{1,8}[^\s]{1,255}|default)\s{1,16}login\s{1,8}[^\s]{1,128}"
        r"\s{1,16}password\s{1,8}([^\s]{4,128})"
    ),
    anchor=r"login\s{1,8}[^\s]{1,128}\s{1,16}password\s{1,8}[^\s]{4}",
    max_chars=620,
    keywords=("password",),
    names=(".netrc", "_netrc", "netrc", "**/apt/auth.conf", "**/apt/auth.conf.d/*"),
    path="root/.netrc",
    remediation=(
        "Revoke the token or change the password, and hand the file to builds by a secret mount."
    ),
    references=("https://everything.curl.dev/usingcurl/netrc.html",),
    bad=lambda random: random.choice(
        (
            f"machine git.internal login ci password {drawn(random)}",
            f"machine git.internal\n  login ci\n  password {drawn(random)}",
        )
    ),
    good=lambda random: random.choice(
        (
            f"machine git.internal login ci password {stand_in(random)}",
            "machine git.internal login ci",
            "login ci password",
        )
    ),
)
def netrc_password(value: str) -> Claim | None:
    """Whoever reads it logs in to that machine: curl, git and apt send it without being asked."""
    return password(value)
