"""Programs whose code the loader must write to."""

from collections.abc import Iterator

from hullmark.checks.declare import file_check
from hullmark.checks.program_samples import made
from hullmark.checks.programs import MAGIC, dynamic, program
from hullmark.model import Evidence, File, Severity
from hullmark.model.finding import Kind

TEXTREL, FLAGS, FLAG = 22, 30, 4


def _bad() -> tuple[File, ...]:
    return (
        made("usr/lib/libold.so", tags=((TEXTREL, 0),)),
        made("usr/lib/libold.so", tags=((FLAGS, FLAG),)),
    )


def _good() -> tuple[File, ...]:
    return (made("usr/lib/libnew.so", tags=((FLAGS, 8),)),)


@file_check(
    id="text-relocations",
    title="A program's code is changed when it is loaded",
    kind=Kind.MISCONFIGURATION,
    severity=Severity.LOW,
    magic=(MAGIC,),
    bad=_bad,
    good=_good,
    remediation="Build it anew with -fPIC, and link it with -z text to see what still needs it.",
    references=("https://wiki.gentoo.org/wiki/Hardened/Textrels_Guide",),
)
def text_relocations(file: File) -> Iterator[Evidence]:
    """The loader makes code writable to change it, and strict kernels do not let it start."""
    found = program(file)
    if found and dynamic(file, found).has_text_relocations:
        yield Evidence(at="", says="has relocations in its code")
