"""Programs where only data of the moment belong."""

from collections.abc import Iterator

from hullmark.checks.declare import file_check
from hullmark.checks.hidden_folders import hidden_part
from hullmark.checks.program_samples import made
from hullmark.checks.programs import MAGIC
from hullmark.model import Evidence, File, Severity
from hullmark.model.finding import Kind
from hullmark.model.rule import Confidence

FOLDERS = ("tmp/", "var/tmp/", "run/", "var/run/", "var/spool/", "var/log/", "proc/", "sys/")


def _bad() -> tuple[File, ...]:
    return (made("tmp/build/tool"), made("var/tmp/x"))


def _good() -> tuple[File, ...]:
    return (
        made("usr/bin/tool"),
        made("srv/tmp/tool"),
        made("tmp/.x/tool"),
        made("var/lib/tool"),
    )


@file_check(
    id="program-in-scratch-folder",
    title="A program lies in a folder for data of the moment",
    kind=Kind.MISCONFIGURATION,
    severity=Severity.MEDIUM,
    confidence=Confidence.POSSIBLE,
    magic=(MAGIC,),
    of_nobody=True,
    bad=_bad,
    good=_good,
    remediation="Delete it if the build left it there; otherwise find out where it comes from.",
    references=("https://attack.mitre.org/techniques/T1036/005/",),
)
def program_in_scratch_folder(file: File) -> Iterator[Evidence]:
    """Everybody may write there, so it is where intruders put what they fetch.

    One that is hidden there, too, has a rule of its own.
    """
    if hidden_part(file.path):
        return
    if folder := next((each for each in FOLDERS if file.path.startswith(each)), ""):
        yield Evidence(at="", says=f"a program lies below {folder.rstrip('/')}")
