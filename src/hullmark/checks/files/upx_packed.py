"""Programs packed by UPX."""

from collections.abc import Iterator

from hullmark.checks.declare import file_check
from hullmark.checks.program_samples import made
from hullmark.checks.programs import MAGIC, UPX, is_upx
from hullmark.model import Evidence, File, Severity
from hullmark.model.finding import Kind
from hullmark.model.rule import Confidence


def _bad() -> tuple[File, ...]:
    return (made("usr/bin/agent", data=UPX),)


def _good() -> tuple[File, ...]:
    return (made("usr/bin/agent"), made("usr/bin/upx", data=bytes(4096) + UPX + bytes(4096)))


@file_check(
    id="upx-packed",
    title="A program is packed by UPX",
    kind=Kind.MALWARE,
    severity=Severity.LOW,
    confidence=Confidence.POSSIBLE,
    magic=(MAGIC,),
    bad=_bad,
    good=_good,
    remediation="Unpack it with upx -d and scan it, or use the program as it was built.",
    references=("https://attack.mitre.org/techniques/T1027/002/", "https://upx.github.io/"),
)
def upx_packed(file: File) -> Iterator[Evidence]:
    """What it is shows only as it runs, and scanners, this one too, see nothing of what is inside.

    Some vendors pack to save space; malware packs to stay unknown.
    """
    if is_upx(file):
        yield Evidence(at="", says="is packed with UPX")
