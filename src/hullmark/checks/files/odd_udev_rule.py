"""Rules of udev that start a program, and that no package brought."""

from collections.abc import Iterator
from re import compile as regex

from hullmark.checks.declare import file_check
from hullmark.checks.lines import joined, shown
from hullmark.checks.samples import text
from hullmark.model import Evidence, File, Severity
from hullmark.model.finding import Kind
from hullmark.model.rule import Confidence

_run = regex(r"\bRUN(?:\{program\})?\s{0,9}\+?:?=\s{0,9}\"([^\"\s]{1,200})")


def _bad() -> tuple[File, ...]:
    return (text("etc/udev/rules.d/99-x.rules", 'ACTION=="add", RUN+="/usr/local/bin/x --up"'),)


def _good() -> tuple[File, ...]:
    return (
        text("etc/udev/rules.d/50-a.rules", 'KERNEL=="sda", MODE="0660"', 'RUN{builtin}+="kmod"'),
    )


@file_check(
    id="odd-udev-rule",
    title="An added rule of udev starts a program",
    kind=Kind.MALWARE,
    severity=Severity.MEDIUM,
    confidence=Confidence.POSSIBLE,
    names=("**/udev/rules.d/*.rules",),
    of_nobody=True,
    bad=_bad,
    good=_good,
    remediation="Find out who added the rule, and remove it unless the image is for a host.",
    references=("https://attack.mitre.org/techniques/T1546/017/",),
)
def odd_udev_rule(file: File) -> Iterator[Evidence]:
    """Udev starts the program as root whenever a device turns up, on hosts that share the file.

    Containers run no udev, so such a rule does nothing there that you would miss.
    """
    for number, line in joined(file):
        if found := _run.search(line):
            at = f"RUN:{number}"
            yield Evidence(at=at, says=f"starts {shown(found[1])} with a device", line=number)
