"""Programs that name a loader of their own."""

from collections.abc import Iterator

from hullmark.checks.declare import file_check
from hullmark.checks.lines import shown
from hullmark.checks.program_samples import made
from hullmark.checks.programs import MAGIC, interpreter, program
from hullmark.model import Evidence, File, Severity
from hullmark.model.finding import Kind
from hullmark.model.rule import Confidence

WRITABLE = ("/tmp/", "/var/tmp/", "/dev/", "/run/")  # noqa: S108 - what is looked for
SYSTEM = ("/etc/", "/lib", "/usr/", "/var/")


def _bad() -> tuple[File, ...]:
    return (
        made("usr/bin/tool", loader=b"/tmp/ld.so"),
        made("usr/bin/tool", loader=b"ld.so"),
        made("usr/bin/tool", loader=b"/usr/lib/.x/ld.so"),
    )


def _good() -> tuple[File, ...]:
    return (
        made("usr/bin/tool"),
        made("usr/bin/tool", loader=b""),
        made("usr/bin/tool", loader=b"/nix/store/x-glibc/lib/ld-linux-x86-64.so.2"),
    )


@file_check(
    id="odd-program-loader",
    title="A program is started by a loader in an odd place",
    kind=Kind.MALWARE,
    severity=Severity.MEDIUM,
    confidence=Confidence.POSSIBLE,
    magic=(MAGIC,),
    bad=_bad,
    good=_good,
    remediation="Find out where the program comes from, and build it anew.",
    references=("https://man7.org/linux/man-pages/man8/ld.so.8.html",),
)
def odd_program_loader(file: File) -> Iterator[Evidence]:
    """The kernel starts the loader in the program's place, with the program's rights.

    Where others may write to it, or nobody looks, it can be anything.
    """
    found = program(file)
    loader = interpreter(file, found) if found else ""
    if not loader:
        return
    is_hidden = loader.startswith(SYSTEM) and "/." in loader
    if is_hidden or loader.startswith(WRITABLE) or not loader.startswith("/"):
        yield Evidence(at="", says=f"is started by {shown(loader)}")
