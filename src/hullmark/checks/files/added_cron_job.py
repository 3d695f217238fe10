"""Jobs of cron that no package brought."""

from collections.abc import Iterator

from hullmark.checks.cron_jobs import CRON, FOLDERS, jobs
from hullmark.checks.declare import file_check
from hullmark.checks.samples import text
from hullmark.model import Evidence, File, Severity
from hullmark.model.finding import Kind
from hullmark.model.globs import matcher
from hullmark.model.rule import Confidence

_is_script = matcher(FOLDERS)


def _bad() -> tuple[File, ...]:
    return (
        text("etc/cron.d/report", "0 3 * * * app /usr/local/bin/report"),
        text("var/spool/cron/crontabs/app", "0 3 * * * /usr/local/bin/report"),
    )


def _good() -> tuple[File, ...]:
    return (
        text("var/spool/cron/crontabs/app", "# none", "MAILTO=root"),
        text("etc/cron.d/.placeholder", "# DO NOT EDIT OR REMOVE"),
    )


@file_check(
    id="added-cron-job",
    title="A cron job was added to the image",
    kind=Kind.MISCONFIGURATION,
    severity=Severity.LOW,
    confidence=Confidence.POSSIBLE,
    names=CRON,
    of_nobody=True,
    bad=_bad,
    good=_good,
    remediation="Remove it, or run it as a job of the orchestrator, where it is seen and logged.",
    references=("https://kubernetes.io/docs/concepts/workloads/controllers/cron-jobs/",),
)
def added_cron_job(file: File) -> Iterator[Evidence]:
    """A container runs one program; a second one that starts by the clock is easily overlooked.

    It runs as whom the table says, mostly root.
    """
    found = list(jobs(file))
    if found and _is_script(file.path):
        yield Evidence(at="", says=f"script {file.name} is run by cron")
    elif found:
        says = f"{len(found)} job{'s' * (len(found) > 1)} of cron, and no package brought the file"
        yield Evidence(at="", says=says, line=found[0].number)
