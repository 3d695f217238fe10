"""Programs that load libraries from where others may put them."""

from collections.abc import Iterator

from hullmark.checks.declare import file_check
from hullmark.checks.lines import shown
from hullmark.checks.program_samples import made
from hullmark.checks.programs import MAGIC, dynamic, program
from hullmark.model import Evidence, File, Severity
from hullmark.model.finding import Kind

RUNPATH = 29
WRITABLE = ("/tmp/", "/var/tmp/", "/dev/shm/")  # noqa: S108 - what is looked for
MAX_SHOWN = 3


def _bad() -> tuple[File, ...]:
    return (
        made("usr/bin/tool", tags=((RUNPATH, 1),), strings=b"\0/tmp/build/lib:$ORIGIN\0"),
        made("usr/bin/tool", tags=((RUNPATH, 1),), strings=b"\0lib\0"),
    )


def _good() -> tuple[File, ...]:
    return (
        made("usr/bin/tool", tags=((RUNPATH, 1),), strings=b"\0$ORIGIN/../lib:/opt/x/lib\0"),
        made("usr/bin/tool"),
    )


@file_check(
    id="odd-library-path",
    title="A program loads libraries from where others may put them",
    kind=Kind.MISCONFIGURATION,
    severity=Severity.MEDIUM,
    magic=(MAGIC,),
    bad=_bad,
    good=_good,
    remediation="Link it without that folder, or remove it with patchelf --remove-rpath.",
    references=("https://man7.org/linux/man-pages/man8/ld.so.8.html",),
)
def odd_library_path(file: File) -> Iterator[Evidence]:
    """The loader looks there first: who puts a library there runs code as whoever starts it.

    A relative folder is looked for wherever the program happens to be started.
    """
    found = program(file)
    paths = dynamic(file, found).paths if found else ()
    odd = [
        path
        for path in dict.fromkeys(paths)
        if path and (f"{path}/".startswith(WRITABLE) or path[0] not in "/$")
    ]
    if odd:
        listed = ", ".join(shown(path) for path in odd[:MAX_SHOWN])
        yield Evidence(at="", says=f"loads libraries from {listed}")
