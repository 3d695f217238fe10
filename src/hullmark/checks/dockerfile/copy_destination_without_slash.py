"""Several files that go to what looks like one."""

from collections.abc import Iterator

from hullmark.checks.build_file import Build
from hullmark.checks.build_mends import of_step
from hullmark.checks.build_sources import sources
from hullmark.checks.declare_config import dockerfile_check
from hullmark.checks.image_facts import short
from hullmark.checks.instruction_mends import with_slash
from hullmark.model import Evidence, Severity


@dockerfile_check(
    id="copy-destination-without-slash",
    title="Several files are copied to what is no folder",
    severity=Severity.LOW,
    bad=("FROM node:22\nCOPY package.json package-lock.json /app\n",),
    good=(
        "FROM node:22\nCOPY package.json package-lock.json /app/\n",
        "FROM node:22\nWORKDIR /app\nCOPY a b .\nCOPY a /app\nCOPY b c $DIR\n",
    ),
    remediation="End the destination with a slash.",
    references=("https://docs.docker.com/reference/dockerfile/#copy",),
    mend=of_step(with_slash, says="end the destination with a slash"),
)
def copy_destination_without_slash(build: Build) -> Iterator[Evidence]:
    """Builders refuse it, and the release waits.

    One that does not makes the last file the only one.
    """
    for each in build.every("COPY", "ADD"):
        taken, place = sources(each)
        is_folder = place.endswith(("/", "\\")) or place in (".", "..") or "$" in place
        if len(taken) > 1 and not is_folder:
            yield each.tell(f"{len(taken)} sources go to {short(place)}, which ends in no slash")
