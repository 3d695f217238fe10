"""Programs that run as their owner, built without what stops attacks."""

from collections.abc import Iterator

from hullmark.checks.declare import file_check
from hullmark.checks.program_samples import made
from hullmark.checks.programs import EXEC, MAGIC, RELRO, program
from hullmark.model import Evidence, File, Severity
from hullmark.model.finding import Kind

SETUID = 0o4000
MAX_SEARCHED_BYTES = 4 * 1024 * 1024
"""The largest setuid programs of distributions have a quarter of that."""

CANARY = b"__stack_chk_fail"


def _bad() -> tuple[File, ...]:
    return (made("usr/bin/helper", kind=EXEC, mode=0o4755),)


def _good() -> tuple[File, ...]:
    return (made("usr/bin/helper", kind=EXEC),)


@file_check(
    id="unhardened-setuid-program",
    title="A setuid program was built without what stops attacks",
    kind=Kind.MISCONFIGURATION,
    severity=Severity.LOW,
    magic=(MAGIC,),
    bad=_bad,
    good=_good,
    remediation="Build it with -fPIE -pie -fstack-protector-strong -Wl,-z,relro, or drop the bit.",
    references=("https://wiki.debian.org/Hardening",),
)
def unhardened_setuid_program(file: File) -> Iterator[Evidence]:
    """Whoever starts the program chooses what it reads, and it runs with its owner's rights.

    Random addresses, guarded stacks and read-only tables make its faults harder to use.
    """
    found = program(file) if file.mode & SETUID else None
    if found is None:
        return
    missing = []
    if found.kind == EXEC:
        missing.append("random addresses (PIE)")
    if found.first(RELRO) is None:
        missing.append("read-only relocations (RELRO)")
    if CANARY not in file.read(0, MAX_SEARCHED_BYTES):
        missing.append("guards of the stack")
    if found.kind == EXEC or len(missing) > 1:
        yield Evidence(at="", says=f"is setuid and has no {', no '.join(missing)}")
