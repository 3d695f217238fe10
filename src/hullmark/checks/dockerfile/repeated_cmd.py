"""Stages with more than one CMD, of which all but the last are lost."""

from collections.abc import Iterator

from hullmark.checks.build_file import Build
from hullmark.checks.build_mends import of_step
from hullmark.checks.declare_config import dockerfile_check
from hullmark.checks.instruction_mends import gone
from hullmark.model import Evidence, Severity


@dockerfile_check(
    id="repeated-cmd",
    title="Several CMD in one stage",
    severity=Severity.LOW,
    bad=('FROM debian:13.1\nCMD ["/bin/a"]\nCMD ["/bin/b"]\n',),
    good=(
        'FROM debian:13.1 AS one\nCMD ["/bin/a"]\nFROM debian:13.1\nCMD ["/bin/b"]\n',
        'FROM a:1\nCMD ["a"]\nONBUILD CMD ["b"]\n',
    ),
    remediation="Keep the last CMD of the stage, and drop those before it.",
    references=(
        ("https://docs.docker.com/reference/build-checks/multiple-instructions-disallowed/"),
    ),
    mend=of_step(gone, says="drop the CMD that never counts"),
)
def repeated_cmd(build: Build) -> Iterator[Evidence]:
    """Only the last one counts, and nobody is told.

    A service that the first was to start does not run.
    """
    for stage in build.stages:
        found = list(stage.of("CMD"))
        for each in found[:-1]:
            yield each.tell(f"CMD in line {found[-1].line} takes the place of this one")
