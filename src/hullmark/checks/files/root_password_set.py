"""A password for root that every container has."""

from collections.abc import Iterator

from hullmark.checks.accounts import PASSWD, SHADOW, entries, fields_of, hashed
from hullmark.checks.declare import file_check
from hullmark.checks.samples import text
from hullmark.model import Evidence, File, Severity
from hullmark.model.finding import Kind


def _bad() -> tuple[File, ...]:
    return (text(SHADOW, "root:$6$salt$" + "a" * 86 + ":19000:0:99999:7:::"),)


def _good() -> tuple[File, ...]:
    return (
        text(SHADOW, "root:*:19000:0:99999:7:::"),
        text(SHADOW, "root:!$6$salt$" + "a" * 86 + ":19000:0:99999:7:::"),
        text(SHADOW, "root:!unprovisioned:19000:0:99999:7:::"),
    )


@file_check(
    id="root-password-set",
    title="The image holds a password for root",
    kind=Kind.MISCONFIGURATION,
    severity=Severity.HIGH,
    names=(PASSWD, SHADOW),
    bad=_bad,
    good=_good,
    remediation="Lock root with passwd -l root; take on rights by other means than a password.",
    references=("https://man7.org/linux/man-pages/man5/shadow.5.html",),
)
def root_password_set(file: File) -> Iterator[Evidence]:
    """All containers of an image have the same password, and its hash is there for all to guess.

    With it any process in the container becomes root by su.
    """
    for entry in entries(file, fields_of(file)):
        if entry.name == "root" and hashed(entry.fields[1]):
            yield Evidence(at="root", says="account 'root' has a password", line=entry.number)
