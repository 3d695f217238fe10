"""The list of libraries that the loader puts into every program."""

from collections.abc import Iterator

from hullmark.checks.declare import file_check
from hullmark.checks.lines import lines, shown
from hullmark.checks.samples import text
from hullmark.model import Evidence, File, Severity
from hullmark.model.finding import Kind
from hullmark.model.rule import Confidence


def _bad() -> tuple[File, ...]:
    return (text("etc/ld.so.preload", "/usr/local/lib/libprocesshider.so"),)


def _good() -> tuple[File, ...]:
    return (text("etc/ld.so.preload", "# nothing"),)


@file_check(
    id="preloaded-library",
    title="Every program is made to load a library",
    kind=Kind.MALWARE,
    severity=Severity.HIGH,
    confidence=Confidence.LIKELY,
    names=("etc/ld.so.preload",),
    bad=_bad,
    good=_good,
    remediation="Find out what the library is. Unless you put it there, build the image anew.",
    references=(
        "https://attack.mitre.org/techniques/T1574/006/",
        "https://man7.org/linux/man-pages/man8/ld.so.8.html",
    ),
)
def preloaded_library(file: File) -> Iterator[Evidence]:
    """Rootkits hide their files and processes by a library that every program must load.

    Distributions ship no such list.
    """
    for number, line in lines(file):
        for library in line.replace(":", " ").split():
            says = f"every program loads {shown(library)}"
            yield Evidence(at=f"{library}:{number}", says=says, line=number)
