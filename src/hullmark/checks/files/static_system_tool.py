"""System tools that need no library, and that no package brought."""

from collections.abc import Iterator

from hullmark.checks.declare import file_check
from hullmark.checks.program_samples import made
from hullmark.checks.programs import MAGIC, dynamic, program
from hullmark.model import Evidence, File, Severity
from hullmark.model.finding import Kind
from hullmark.model.rule import Confidence

FOLDERS = frozenset(("bin", "sbin", "usr/bin", "usr/sbin"))
TOOLS = frozenset(
    [
        "crontab",
        "find",
        "id",
        "ifconfig",
        "last",
        "login",
        "ls",
        "lsof",
        "netstat",
        "passwd",
        "pidof",
        "ps",
        "pstree",
        "ss",
        "ssh",
        "sshd",
        "su",
        "sudo",
        "systemctl",
        "top",
        "w",
        "who",
    ]
)
"""What rootkits replace, so that nobody sees their files, processes and connections."""

MARKS = (b"BusyBox", b"toybox", b"coreutils", b"Go build", b"uutils", b"dropbear", b"cosmopolitan")
"""Of tools that are static wherever they are."""

MAX_SEARCHED_BYTES = 8 * 1024 * 1024


def _bad() -> tuple[File, ...]:
    return (made("usr/bin/ps", loader=b""),)


def _good() -> tuple[File, ...]:
    return (
        made("usr/bin/ps"),
        made("bin/ls", loader=b"", data=b"BusyBox v1.36"),
        made("usr/bin/tool", loader=b""),
    )


@file_check(
    id="static-system-tool",
    title="A system tool was replaced by a static program",
    kind=Kind.MALWARE,
    severity=Severity.MEDIUM,
    confidence=Confidence.POSSIBLE,
    magic=(MAGIC,),
    of_nobody=True,
    bad=_bad,
    good=_good,
    remediation="Install the tool by the distribution's package, or leave it out.",
    references=("https://attack.mitre.org/techniques/T1014/",),
)
def static_system_tool(file: File) -> Iterator[Evidence]:
    """Rootkits put tools of their own in place of these, built so that they run everywhere.

    They show everything but what the intruder does.
    """
    folder, _, name = file.path.rpartition("/")
    if name not in TOOLS or folder not in FOLDERS:
        return
    found = program(file)
    if found is None or not found.is_static or dynamic(file, found).needs:
        return
    head = file.read(0, MAX_SEARCHED_BYTES)
    if not any(mark in head for mark in MARKS):
        yield Evidence(at="", says=f"{name} needs no library, and no package brought it")
