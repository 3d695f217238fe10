"""Accounts that anybody may log in to."""

from collections.abc import Iterator

from hullmark.checks.accounts import PASSWD, SHADOW, entries, fields_of
from hullmark.checks.declare import file_check
from hullmark.checks.lines import shown
from hullmark.checks.samples import text
from hullmark.model import Evidence, File, Severity
from hullmark.model.finding import Kind


def _bad() -> tuple[File, ...]:
    return (
        text(SHADOW, "root:::0:::::", "bin:!::0:::::"),
        text(PASSWD, "root::0:0:root:/root:/bin/ash"),
    )


def _good() -> tuple[File, ...]:
    return (
        text(SHADOW, "root:*::0:::::", "bin:!::0:::::"),
        text(PASSWD, "root:x:0:0:root:/root:/bin/ash", "+::::::"),
    )


@file_check(
    id="account-without-password",
    title="An account has an empty password",
    kind=Kind.MISCONFIGURATION,
    severity=Severity.HIGH,
    names=(PASSWD, SHADOW),
    bad=_bad,
    good=_good,
    remediation="Lock the account with passwd -l, or put an asterisk into its password field.",
    references=(
        "https://man7.org/linux/man-pages/man5/shadow.5.html",
        "https://nvd.nist.gov/vuln/detail/CVE-2019-5021",
    ),
)
def account_without_password(file: File) -> Iterator[Evidence]:
    """An empty field is not a locked account: su, login and PAM let anybody in who asks.

    A process of any user in the container can then become that account, root among them.
    """
    for entry in entries(file, fields_of(file)):
        if not entry.fields[1] and entry.name and entry.name[0] not in "+-":
            says = f"account {shown(entry.name)} has an empty password"
            yield Evidence(at=entry.name, says=says, line=entry.number)
