"""Programs that unpack themselves when they start."""

from collections import Counter
from collections.abc import Iterator
from math import log2

from hullmark.checks.declare import file_check
from hullmark.checks.program_samples import ALL, made
from hullmark.checks.programs import LOAD, MAGIC, RUN, UPX, WRITE, is_upx, program
from hullmark.model import Evidence, File, Severity
from hullmark.model.finding import Kind
from hullmark.model.rule import Confidence

SAMPLE_BYTES = 64 * 1024
MIN_SAMPLE_BYTES = 4096
MIN_BITS = 7.5
"""Of entropy in a byte: code has about 6, what is compressed or encrypted nearly 8."""


def _bad() -> tuple[File, ...]:
    mixed = bytes(value * 167 % 256 for value in range(256)) * 32
    return (made("usr/bin/agent", load=ALL, loader=b"", data=mixed),)


def _good() -> tuple[File, ...]:
    mixed = bytes(value * 167 % 256 for value in range(256)) * 32
    return (
        made("usr/bin/agent"),
        made("usr/bin/agent", load=ALL, data=bytes(8192)),
        made("usr/bin/agent", load=ALL, loader=b"", data=UPX + mixed),
    )


@file_check(
    id="packed-program",
    title="A program is packed so that nobody can read it",
    kind=Kind.MALWARE,
    severity=Severity.MEDIUM,
    confidence=Confidence.POSSIBLE,
    magic=(MAGIC,),
    bad=_bad,
    good=_good,
    remediation="Use the program as it was built, or find out what is inside it.",
    references=("https://attack.mitre.org/techniques/T1027/002/", "https://upx.github.io/"),
)
def packed_program(file: File) -> Iterator[Evidence]:
    """What a packed program holds shows only once it runs, and scanners, this one too, see nothing.

    Some makers pack to save space; most of what is packed in containers is malware. What UPX
    packed has a rule of its own.
    """
    if is_upx(file):
        return
    found = program(file)
    for segment in found.segments if found else ():
        if segment.kind != LOAD or segment.flags & (RUN | WRITE) != RUN | WRITE:
            continue
        if _entropy(file.read(segment.offset, min(segment.size, SAMPLE_BYTES))) > MIN_BITS:
            yield Evidence(at="", says="its code looks compressed and may be written to")
            return


def _entropy(data: bytes) -> float:
    """Bits in a byte; 0 where there is too little to tell."""
    if len(data) < MIN_SAMPLE_BYTES:
        return 0.0
    shares = (count / len(data) for count in Counter(data).values())
    return -sum(share * log2(share) for share in shares)
