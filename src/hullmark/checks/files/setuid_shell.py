"""Shells and interpreters that run as their owner whoever starts them."""

from collections.abc import Iterator

from hullmark.checks.declare import file_check
from hullmark.checks.program_samples import made
from hullmark.checks.programs import MAGIC
from hullmark.model import Evidence, File, Severity
from hullmark.model.finding import Kind
from hullmark.model.rule import Confidence

SETUID = 0o4000
NAMES = frozenset(
    [
        "ash",
        "bash",
        "csh",
        "dash",
        "ksh",
        "mksh",
        "sh",
        "tcsh",
        "zsh",
        "fish",
        "awk",
        "gawk",
        "mawk",
        "perl",
        "php",
        "python",
        "python2",
        "python3",
        "ruby",
        "lua",
        "node",
        "find",
        "vi",
        "vim",
        "nano",
        "emacs",
        "cp",
        "mv",
        "dd",
        "tar",
        "env",
        "tee",
        "gdb",
        "strace",
        "nmap",
    ]
)
"""Programs that give away their rights to whoever asks them to."""

MARKS = (b"BASH_VERSINFO", b"ZSH_PATCHLEVEL", b"KSH_VERSION", b"PYTHONDONTWRITEBYTECODE")
"""What such programs hold under any name."""

MAX_SEARCHED_BYTES = 8 * 1024 * 1024


def _bad() -> tuple[File, ...]:
    return (
        made("usr/bin/dash", mode=0o4755),
        made("var/lib/.cache/upd", mode=0o4755, data=b"BASH_" + b"VERSINFO"),
        made("usr/bin/python3.11", mode=0o4755),
    )


def _good() -> tuple[File, ...]:
    return (
        made("usr/bin/dash"),
        made("usr/bin/su", mode=0o4755),
        made("usr/bin/bash", mode=0o755, data=b"BASH_" + b"VERSINFO"),
    )


@file_check(
    id="setuid-shell",
    title="A shell or an interpreter is setuid",
    kind=Kind.MALWARE,
    severity=Severity.HIGH,
    confidence=Confidence.LIKELY,
    magic=(MAGIC,),
    bad=_bad,
    good=_good,
    remediation="Drop the bit with chmod u-s, and find out who set it.",
    references=("https://attack.mitre.org/techniques/T1548/001/", "https://gtfobins.github.io/"),
)
def setuid_shell(file: File) -> Iterator[Evidence]:
    """Whoever starts it has its owner's rights, mostly root's, at once.

    A setuid copy of a shell is a classic back door; no distribution ships one.
    """
    if not file.mode & SETUID:
        return
    if file.name in NAMES or file.name.rstrip("0123456789.") in NAMES:
        yield Evidence(at="", says=f"{file.name[:40]} is setuid")
    elif any(mark in file.read(0, MAX_SEARCHED_BYTES) for mark in MARKS):
        yield Evidence(at="", says="a setuid program holds a shell or an interpreter")
