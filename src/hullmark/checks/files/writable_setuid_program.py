"""Programs that run as their owner, and that others may replace."""

from collections.abc import Iterator

from hullmark.checks.declare import file_check
from hullmark.checks.program_samples import made
from hullmark.checks.programs import MAGIC
from hullmark.model import Evidence, File, Severity
from hullmark.model.finding import Kind

SETUID, SETGID = 0o4000, 0o2000
OTHERS, GROUP = 0o002, 0o020


def _bad() -> tuple[File, ...]:
    return (made("usr/bin/helper", mode=0o4777), made("usr/bin/helper", mode=0o4775))


def _good() -> tuple[File, ...]:
    return (made("usr/bin/helper", mode=0o4755), made("usr/bin/helper", mode=0o777))


@file_check(
    id="writable-setuid-program",
    title="A setuid program may be changed by others",
    kind=Kind.MISCONFIGURATION,
    severity=Severity.HIGH,
    magic=(MAGIC,),
    bad=_bad,
    good=_good,
    remediation="Take the right to write from group and others with chmod go-w.",
    references=("https://man7.org/linux/man-pages/man2/chmod.2.html",),
)
def writable_setuid_program(file: File) -> Iterator[Evidence]:
    """Who may write to the program decides what runs with its owner's rights.

    Linux drops the bit on most writes, not on all file systems and not for mapped files.
    """
    special = "setuid" if file.mode & SETUID else "setgid" if file.mode & SETGID else ""
    who = "everybody" if file.mode & OTHERS else "its group" if file.mode & GROUP else ""
    if special and who:
        yield Evidence(at="", says=f"is {special} with mode {file.mode:o}: {who} may write to it")
