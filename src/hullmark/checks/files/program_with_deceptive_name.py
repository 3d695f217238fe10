"""Programs whose names say that they are something else."""

from collections.abc import Iterator

from hullmark.checks.declare import file_check
from hullmark.checks.program_samples import made
from hullmark.checks.programs import MAGIC
from hullmark.model import Evidence, File, Severity
from hullmark.model.finding import Kind
from hullmark.model.later import regex
from hullmark.model.rule import Confidence

_kernel = regex(r"\[[a-z][\w/:.-]{2,30}\]\Z")
_thread = regex(
    r"(?:kworker|ksoftirqd|kthreadd|kswapd|rcu_sched|rcu_bh|kdevtmpfs\w{0,5}|khugepaged"
    r"|kauditd|kblockd|kcompactd|kdamond)[\w/:.-]{0,8}\Z"
)
_document = regex(
    r"\.(?:pdf|docx?|xlsx?|pptx?|txt|jpe?g|png|gif|mp[34]|zip|csv|html?|log)(?:\.(?:exe|elf|bin|run))?\s*\Z"
)


def _bad() -> tuple[File, ...]:
    return (
        made("usr/bin/[kworker]"),
        made("usr/sbin/kswapd0"),
        made("srv/invoice.pdf"),
        made("srv/invoice.pdf.exe"),
        made("usr/bin/ls "),
    )


def _good() -> tuple[File, ...]:
    return (made("usr/bin/ls"), made("usr/bin/["), made("app/migrations"), made("opt/x/pdf"))


@file_check(
    id="program-with-deceptive-name",
    title="A program's name says that it is something else",
    kind=Kind.MALWARE,
    severity=Severity.HIGH,
    confidence=Confidence.LIKELY,
    magic=(MAGIC,),
    of_nobody=True,
    bad=_bad,
    good=_good,
    remediation="Find out what it is and who put it there; unless you did, build the image anew.",
    references=(
        "https://attack.mitre.org/techniques/T1036/",
        "https://attack.mitre.org/techniques/T1036/006/",
    ),
)
def program_with_deceptive_name(file: File) -> Iterator[Evidence]:
    """Named like a thread of the kernel, a document or another program, it is overlooked.

    Programs are known by their first bytes here, which are read of files that may be executed
    and of libraries alone: a program named like a picture that may not be is not seen.
    """
    name = file.name
    if name != name.strip() or any(ord(each) < ord(" ") for each in name):
        says = f"its name {name[:40]!r} ends in what nobody sees"
    elif _kernel.match(name) or _thread.match(name):
        says = f"a program is named {name[:40]!r}, like a thread of the kernel"
    elif _document.search(name.lower()):
        says = f"a program is named {name[:40]!r}, like a document"
    else:
        return
    yield Evidence(at="", says=says)
