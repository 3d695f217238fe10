"""Stages with more than one ENTRYPOINT, of which all but the last are lost."""

from collections.abc import Iterator

from hullmark.checks.build_file import Build
from hullmark.checks.build_mends import of_step
from hullmark.checks.declare_config import dockerfile_check
from hullmark.checks.instruction_mends import gone
from hullmark.model import Evidence, Severity


@dockerfile_check(
    id="repeated-entrypoint",
    title="Several ENTRYPOINT in one stage",
    severity=Severity.LOW,
    bad=('FROM debian:13.1\nENTRYPOINT ["/bin/a"]\nRUN make\nENTRYPOINT ["/bin/b"]\n',),
    good=(('FROM debian:13.1 AS one\nENTRYPOINT ["/bin/a"]\nFROM one\nENTRYPOINT ["/bin/b"]\n'),),
    remediation="Keep the last ENTRYPOINT of the stage, and drop those before it.",
    references=(
        ("https://docs.docker.com/reference/build-checks/multiple-instructions-disallowed/"),
    ),
    mend=of_step(gone, says="drop the ENTRYPOINT that never counts"),
)
def repeated_entrypoint(build: Build) -> Iterator[Evidence]:
    """Only the last one counts, and nobody is told.

    What the first was to do before the start, drop rights or check a configuration, is not done.
    """
    for stage in build.stages:
        found = list(stage.of("ENTRYPOINT"))
        for each in found[:-1]:
            yield each.tell(f"ENTRYPOINT in line {found[-1].line} takes the place of this one")
