"""Start scripts that put a library into every program."""

from collections.abc import Iterator
from re import compile as regex

from hullmark.checks.declare import file_check
from hullmark.checks.lines import lines, shown
from hullmark.checks.samples import BAR, script
from hullmark.checks.start_scripts import SHELL_STARTS, SYSTEM_STARTS
from hullmark.model import Evidence, File, Severity
from hullmark.model.finding import Kind
from hullmark.model.rule import Confidence

_preload = regex(r"(?:^|[\s;&])(LD_PRELOAD|LD_AUDIT)=[\"']?([^\s\"';]{1,200})(.{0,200})")
_starts_one = regex(r"[\"']?\s{1,9}[^\s;&|#]")

KNOWN = ("libjemalloc", "libtcmalloc", "libmimalloc", "libfaketime", "libgomp", "libnss_wrapper")
"""Libraries that images load this way for what they are: allocators, clocks and accounts."""


def _bad() -> tuple[File, ...]:
    return (
        script("etc/profile.d/z.sh", f"export LD_PRE{BAR}LOAD=/usr/lib/libsel.so"),
        script("etc/environment", f'LD_PRE{BAR}LOAD="/lib/x.so"'),
    )


def _good() -> tuple[File, ...]:
    return (
        script(
            "etc/profile.d/z.sh",
            "export LD_PRELOAD=/usr/lib/libjemalloc.so.2",
            "alias old='LD_PRELOAD=/usr/lib/compat.so /usr/bin/old'",
            "unset LD_PRELOAD",
        ),
    )


@file_check(
    id="start-script-preloads-library",
    title="A start script loads a library into every program",
    kind=Kind.MALWARE,
    severity=Severity.HIGH,
    confidence=Confidence.POSSIBLE,
    names=(*SHELL_STARTS, *SYSTEM_STARTS),
    bad=_bad,
    good=_good,
    remediation="Remove the line; give LD_PRELOAD to the one program that needs it.",
    references=("https://attack.mitre.org/techniques/T1574/006/",),
)
def start_script_preloads_library(file: File) -> Iterator[Evidence]:
    """A library that all programs load can hide files and processes, and listen to passwords.

    Rootkits of user space work this way.
    """
    for number, line in lines(file):
        found = _preload.search(line)
        if found is None or _starts_one.match(found[3]) or any(name in found[2] for name in KNOWN):
            continue
        says = f"sets {found[1]} to {shown(found[2])} for all that follows"
        yield Evidence(at=f"{found[1]}:{number}", says=says, line=number)
