"""Programs that ask for a stack whose content may be run."""

from collections.abc import Iterator

from hullmark.checks.declare import file_check
from hullmark.checks.program_samples import ALL, made
from hullmark.checks.programs import MAGIC, RUN, STACK, program
from hullmark.model import Evidence, File, Severity
from hullmark.model.finding import Kind


def _bad() -> tuple[File, ...]:
    return (made("usr/lib/libold.so.1", stack=ALL),)


def _good() -> tuple[File, ...]:
    return (made("usr/lib/libnew.so.1"),)


@file_check(
    id="executable-stack",
    title="A program's stack may be executed",
    kind=Kind.MISCONFIGURATION,
    severity=Severity.LOW,
    magic=(MAGIC,),
    bad=_bad,
    good=_good,
    remediation="Build it anew with -z noexecstack, and give assembler files a .note.GNU-stack.",
    references=("https://www.man7.org/linux/man-pages/man1/ld.1.html",),
)
def executable_stack(file: File) -> Iterator[Evidence]:
    """A buffer overflow on the stack then runs what the attacker put there, without a detour.

    One such library makes the stack of every program that loads it executable.
    """
    found = program(file)
    segment = found.first(STACK) if found else None
    if segment and segment.flags & RUN:
        yield Evidence(at="", says="asks for an executable stack")
