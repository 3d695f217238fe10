"""Cron jobs whose late starts nothing bounds."""

from collections.abc import Iterator

from hullmark.checks.declare_config import object_check
from hullmark.checks.kube import Object
from hullmark.model import Evidence, Severity

_BAD = """\
apiVersion: batch/v1
kind: CronJob
metadata: {name: backup}
spec:
  schedule: "*/5 * * * *"
"""


@object_check(
    "CronJob",
    id="missing-starting-deadline",
    title="CronJob has no starting deadline",
    severity=Severity.LOW,
    bad=(_BAD,),
    good=(_BAD + "  startingDeadlineSeconds: 200\n",),
    remediation="Set startingDeadlineSeconds to the delay up to which a late start makes sense.",
    references=(
        "https://kubernetes.io/docs/concepts/workloads/controllers/cron-jobs/#starting-deadline",
    ),
)
def missing_starting_deadline(subject: Object) -> Iterator[Evidence]:
    """A run that an outage held up starts at whatever hour the cluster is back.

    After a hundred missed starts the controller warns, or does not start it any more.
    """
    if "schedule" in subject.spec and "startingDeadlineSeconds" not in subject.spec:
        yield subject.tell(
            "spec.startingDeadlineSeconds",
            f"{subject.name} has no startingDeadlineSeconds",
            subject.spec.line_of("startingDeadlineSeconds"),
        )
