"""Programs whose code may be written to while it runs."""

from collections.abc import Iterator

from hullmark.checks.declare import file_check
from hullmark.checks.program_samples import ALL, made
from hullmark.checks.programs import LOAD, MAGIC, RUN, WRITE, program
from hullmark.model import Evidence, File, Severity
from hullmark.model.finding import Kind


def _bad() -> tuple[File, ...]:
    return (made("usr/bin/tool", load=ALL),)


def _good() -> tuple[File, ...]:
    return (made("usr/bin/tool"),)


@file_check(
    id="writable-code",
    title="A program's code may be written to while it runs",
    kind=Kind.MISCONFIGURATION,
    severity=Severity.MEDIUM,
    magic=(MAGIC,),
    bad=_bad,
    good=_good,
    remediation="Link it anew without -N or --omagic, so that code and data are kept apart.",
    references=("https://sourceware.org/binutils/docs/ld/Options.html",),
)
def writable_code(file: File) -> Iterator[Evidence]:
    """A fault that lets an attacker write into the program then lets them run what they wrote.

    Packers and viruses leave such segments too.
    """
    found = program(file)
    for segment in found.segments if found else ():
        if segment.kind == LOAD and segment.flags & RUN and segment.flags & WRITE:
            yield Evidence(at="", says="a segment may be both written to and executed")
            return
