"""Stages with more than one HEALTHCHECK, of which all but the last are lost."""

from collections.abc import Iterator

from hullmark.checks.build_file import Build
from hullmark.checks.build_mends import of_step
from hullmark.checks.declare_config import dockerfile_check
from hullmark.checks.instruction_mends import gone
from hullmark.model import Evidence, Severity


@dockerfile_check(
    id="repeated-healthcheck",
    title="Several HEALTHCHECK in one stage",
    severity=Severity.LOW,
    bad=(
        (
            "FROM debian:13.1\n"
            "HEALTHCHECK CMD curl -f http://localhost/\n"
            "HEALTHCHECK --interval=1m CMD /bin/check\n"
        ),
    ),
    good=(
        (
            "FROM debian:13.1 AS one\n"
            "HEALTHCHECK CMD /bin/a\n"
            "FROM debian:13.1\n"
            "HEALTHCHECK CMD /bin/b\n"
        ),
    ),
    remediation="Keep the last HEALTHCHECK of the stage, and drop those before it.",
    references=(
        ("https://docs.docker.com/reference/build-checks/multiple-instructions-disallowed/"),
    ),
    mend=of_step(gone, says="drop the HEALTHCHECK that never counts"),
)
def repeated_healthcheck(build: Build) -> Iterator[Evidence]:
    """Only the last one counts, and nobody is told. What the first was to watch fails unseen."""
    for stage in build.stages:
        found = list(stage.of("HEALTHCHECK"))
        for each in found[:-1]:
            yield each.tell(f"HEALTHCHECK in line {found[-1].line} takes the place of this one")
