"""Cron jobs whose failures leave no trace."""

from collections.abc import Iterator

from hullmark.checks.declare_config import object_check
from hullmark.checks.kube import Object
from hullmark.checks.mending import drop
from hullmark.model import Evidence, Severity

_BAD = """\
apiVersion: batch/v1
kind: CronJob
metadata: {name: backup}
spec:
  schedule: "0 3 * * *"
  failedJobsHistoryLimit: 0
"""


@object_check(
    "CronJob",
    id="no-failed-job-history",
    title="CronJob keeps no failed run",
    severity=Severity.LOW,
    bad=(_BAD,),
    good=(_BAD.replace("Limit: 0", "Limit: 3"), _BAD.replace("  failedJobsHistoryLimit: 0\n", "")),
    remediation="Keep one failed run at least: leave failedJobsHistoryLimit out, or raise it.",
    references=(
        "https://kubernetes.io/docs/concepts/workloads/controllers/cron-jobs/#jobs-history-limits",
    ),
    mend=drop(says="keep the usual one"),
)
def no_failed_job_history(subject: Object) -> Iterator[Evidence]:
    """Failed runs are deleted with their logs: nobody sees that a backup stopped, or why."""
    if subject.spec.number("failedJobsHistoryLimit") == 0:
        yield subject.tell(
            "spec.failedJobsHistoryLimit",
            f"{subject.name} keeps no failed run",
            subject.spec.line_of("failedJobsHistoryLimit"),
        )
