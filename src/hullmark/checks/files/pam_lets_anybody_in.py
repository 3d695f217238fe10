"""Services of PAM that ask nobody anything."""

from collections.abc import Iterator

from hullmark.checks.declare import file_check
from hullmark.checks.lines import joined
from hullmark.checks.samples import text
from hullmark.model import Evidence, File, Severity
from hullmark.model.finding import Kind
from hullmark.model.rule import Confidence


def _bad() -> tuple[File, ...]:
    return (
        text("etc/pam.d/sshd", "auth sufficient pam_permit.so", "auth required pam_unix.so"),
        text("etc/pam.d/su", "auth [success=done default=ignore] pam_permit.so"),
    )


def _good() -> tuple[File, ...]:
    return (
        text(
            "etc/pam.d/common-auth",
            "auth [success=1 default=ignore] pam_unix.so nullok",
            "auth requisite pam_deny.so",
            "auth required pam_permit.so",
        ),
    )


@file_check(
    id="pam-lets-anybody-in",
    title="A service lets everybody in without asking",
    kind=Kind.MISCONFIGURATION,
    severity=Severity.HIGH,
    confidence=Confidence.LIKELY,
    names=("etc/pam.d/*",),
    bad=_bad,
    good=_good,
    remediation="Remove the line, and find out who added it.",
    references=(
        "https://man7.org/linux/man-pages/man8/pam_permit.8.html",
        "https://attack.mitre.org/techniques/T1556/003/",
    ),
)
def pam_lets_anybody_in(file: File) -> Iterator[Evidence]:
    """A module that always agrees, and whose word is enough, takes every password for right.

    Such a line is a known back door.
    """
    for number, line in joined(file):
        words = line.partition("#")[0].split()
        if len(words) < 3 or words[0].lstrip("-") != "auth":  # noqa: PLR2004 - type, control, module
            continue
        is_enough = words[1] == "sufficient" or "success=done" in line or "success=end" in line
        if is_enough and any(word.endswith("pam_permit.so") for word in words[2:]):
            says = "pam_permit alone is enough to log in"
            yield Evidence(at=f"auth:{number}", says=says, line=number)
