"""Services of PAM that accept empty passwords."""

from collections.abc import Iterator

from hullmark.checks.declare import file_check
from hullmark.checks.lines import joined
from hullmark.checks.samples import text
from hullmark.model import Evidence, File, Severity
from hullmark.model.finding import Kind


def _bad() -> tuple[File, ...]:
    return (text("etc/pam.d/sshd", "auth required pam_unix.so nullok"),)


def _good() -> tuple[File, ...]:
    return (
        text("etc/pam.d/su", "auth sufficient pam_rootok.so", "auth required pam_unix.so # nullok"),
    )


@file_check(
    id="pam-accepts-empty-password",
    title="A service accepts empty passwords",
    kind=Kind.MISCONFIGURATION,
    severity=Severity.LOW,
    names=("etc/pam.d/su", "etc/pam.d/sudo", "etc/pam.d/sshd", "etc/pam.d/login"),
    bad=_bad,
    good=_good,
    remediation="Remove nullok from the line.",
    references=("https://man7.org/linux/man-pages/man8/pam_unix.8.html",),
)
def pam_accepts_empty_password(file: File) -> Iterator[Evidence]:
    """An account whose password is empty is then open to everybody."""
    for number, line in joined(file):
        words = line.partition("#")[0].split()
        if words and words[0].lstrip("-") == "auth" and {"nullok", "nullok_secure"} & set(words):
            yield Evidence(at=f"auth:{number}", says="accepts an empty password", line=number)
