"""Start scripts that keep shells from remembering what was typed."""

from collections.abc import Iterator

from hullmark.checks.declare import file_check
from hullmark.checks.lines import lines
from hullmark.checks.samples import text
from hullmark.checks.start_scripts import SHELL_STARTS
from hullmark.model import Evidence, File, Severity
from hullmark.model.finding import Kind
from hullmark.model.later import regex
from hullmark.model.rule import Confidence

_hides = regex(
    r"(?:^|[\s;&])(?:unset\s{1,9}HISTFILE\b|HISTFILE=[\"']?/dev/null\b|HISTFILE=[\"']{0,2}(?:\s|;|$)"
    r"|HIST(?:FILE)?SIZE=[\"']?0\b|set\s{1,9}\+o\s{1,9}history\b)"
)


def _bad() -> tuple[File, ...]:
    return (
        text("root/.bashrc", "export HISTFILE=/dev/null"),
        text("etc/profile.d/h.sh", "unset HISTFILE; HISTSIZE=0"),
    )


def _good() -> tuple[File, ...]:
    return (text("root/.bashrc", "HISTSIZE=1000", "HISTFILESIZE=2000", "HISTFILE=/root/.h"),)


@file_check(
    id="start-script-hides-history",
    title="A start script switches the shell's history off",
    kind=Kind.MISCONFIGURATION,
    severity=Severity.LOW,
    confidence=Confidence.POSSIBLE,
    names=SHELL_STARTS,
    bad=_bad,
    good=_good,
    remediation="Remove the line unless you put it there to keep secrets out of the history.",
    references=("https://attack.mitre.org/techniques/T1562/003/",),
)
def start_script_hides_history(file: File) -> Iterator[Evidence]:
    """Intruders switch it off first, and then nobody can tell what they did."""
    for number, line in lines(file):
        if _hides.search(line):
            yield Evidence(at=f"line:{number}", says="switches the history off", line=number)
