"""Folders that a step goes to and the next has forgotten."""

from collections.abc import Iterator

from hullmark.checks.build_file import Build
from hullmark.checks.build_mends import of_step
from hullmark.checks.build_steps import told
from hullmark.checks.declare_config import dockerfile_check
from hullmark.checks.instruction_mends import as_folder
from hullmark.model import Evidence, Severity


@dockerfile_check(
    id="cd-in-run",
    title="RUN changes the folder instead of WORKDIR",
    severity=Severity.LOW,
    bad=(
        "FROM debian:13.1\nRUN cd /opt/app\nRUN make\n",
        "FROM debian:13.1\nRUN make deps && cd /srv\n",
    ),
    good=(
        "FROM debian:13.1\nWORKDIR /opt/app\nRUN make\n",
        "FROM debian:13.1\nRUN cd /opt/app && make\n",
        "FROM a:1\nRUN (cd /a; make) && cd /b && make\n",
    ),
    remediation="Use WORKDIR, or run what belongs there in the same step.",
    references=("https://docs.docker.com/reference/dockerfile/#workdir",),
    mend=of_step(
        as_folder,
        says="make it WORKDIR",
        breaks="runs all later steps in that folder, and starts the program there",
        risky=True,
    ),
)
def cd_in_run(build: Build) -> Iterator[Evidence]:
    """The next step starts where WORKDIR says.

    What was meant for this folder, a rm or a chmod, is done in another.
    """
    for each in build.every("RUN"):
        listed = each.commands
        if listed and listed[-1].program == "cd" and not each.heredocs:
            says = f"cd {listed[-1].action[:80]} ends with the step"
            yield told(each, len(listed), says)
