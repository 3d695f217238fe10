"""Programs that lie where nobody looks."""

from collections.abc import Iterator

from hullmark.checks.declare import file_check
from hullmark.checks.hidden_folders import hidden_part
from hullmark.checks.program_samples import made
from hullmark.checks.programs import MAGIC
from hullmark.model import Evidence, File, Severity
from hullmark.model.finding import Kind
from hullmark.model.rule import Confidence


def _bad() -> tuple[File, ...]:
    return (
        made("dev/shm/agent"),
        made("usr/lib/.cache/agent"),
        made("etc/.a"),
        made("usr/lib/... /agent"),
    )


def _good() -> tuple[File, ...]:
    return (
        made("usr/bin/agent"),
        made("root/.local/bin/agent"),
        made("usr/src/app/.next/standalone/agent"),
        made("usr/lib/debug/.build-id/ab/cd.debug"),
        made("usr/lib/python3/site-packages/numpy/.libs/libblas.so"),
    )


@file_check(
    id="hidden-program",
    title="A program is hidden",
    kind=Kind.MALWARE,
    severity=Severity.HIGH,
    confidence=Confidence.LIKELY,
    magic=(MAGIC,),
    of_nobody=True,
    bad=_bad,
    good=_good,
    remediation="Find out what it is and who put it there; unless you did, build the image anew.",
    references=("https://attack.mitre.org/techniques/T1564/001/",),
)
def hidden_program(file: File) -> Iterator[Evidence]:
    """Among devices, or behind a dot in folders of the system, nobody keeps programs in the open.

    Miners and rootkits do.
    """
    if file.path.startswith("dev/"):
        yield Evidence(at="", says="a program lies among the devices")
        return
    if hidden := hidden_part(file.path):
        says = f"a program lies behind the hidden name {hidden[:40]!r}"
        yield Evidence(at="", says=says)
