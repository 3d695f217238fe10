"""Services of PAM that start a program whenever somebody logs in."""

from collections.abc import Iterator

from hullmark.checks.declare import file_check
from hullmark.checks.lines import joined, shown
from hullmark.checks.samples import text
from hullmark.model import Evidence, File, Severity
from hullmark.model.finding import Kind
from hullmark.model.rule import Confidence


def _bad() -> tuple[File, ...]:
    return (
        text("etc/pam.d/sshd", "auth optional pam_exec.so quiet expose_authtok /usr/local/bin/n"),
    )


def _good() -> tuple[File, ...]:
    return (text("etc/pam.d/sshd", "auth required pam_unix.so", "# session pam_exec.so /x"),)


@file_check(
    id="pam-runs-program",
    title="A program is started whenever somebody logs in",
    kind=Kind.MALWARE,
    severity=Severity.MEDIUM,
    confidence=Confidence.POSSIBLE,
    names=("etc/pam.d/*",),
    bad=_bad,
    good=_good,
    remediation="Look at the program, and remove the line unless you put it there.",
    references=(
        "https://man7.org/linux/man-pages/man8/pam_exec.8.html",
        "https://attack.mitre.org/techniques/T1556/003/",
    ),
)
def pam_runs_program(file: File) -> Iterator[Evidence]:
    """The program may be handed every password that is typed; thieves of passwords use this."""
    for number, line in joined(file):
        words = line.partition("#")[0].split()
        if any(word.endswith("pam_exec.so") for word in words):
            program = next((word for word in words if word[0] == "/" and "pam_" not in word), "")
            given = " and hands it the password" if "expose_authtok" in words else ""
            says = f"starts {shown(program)}{given}"
            yield Evidence(at=f"pam_exec:{number}", says=says, line=number)
