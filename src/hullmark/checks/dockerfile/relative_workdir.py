"""Folders that depend on where the base image left off."""

from collections.abc import Iterator

from hullmark.checks.build_file import Build
from hullmark.checks.build_mends import of_step
from hullmark.checks.declare_config import dockerfile_check
from hullmark.checks.instruction_mends import absolute
from hullmark.model import Evidence, Severity


@dockerfile_check(
    id="relative-workdir",
    title="Working folder is not absolute",
    severity=Severity.LOW,
    bad=("FROM a:1\nWORKDIR app\n", "FROM a:1\nWORKDIR /srv\nWORKDIR app\n"),
    good=("FROM a:1\nWORKDIR /app\n", "FROM a:1\nWORKDIR $HOME/x\n", "FROM a:1\nWORKDIR C:\\x\n"),
    remediation="Write the whole path.",
    references=("https://docs.docker.com/reference/dockerfile/#workdir",),
    mend=of_step(absolute, says="write the whole path"),
)
def relative_workdir(build: Build) -> Iterator[Evidence]:
    """It lies below whatever folder the base image ended in, and moves when that changes."""
    for each in build.every("WORKDIR"):
        folder = each.text.strip("\"'")
        if folder and folder[0] not in "/$" and folder[1:2] != ":":
            yield each.tell(f"{folder} is below whatever folder came before")
