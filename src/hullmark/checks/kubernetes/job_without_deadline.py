"""Jobs that may run for ever."""

from collections.abc import Iterator

from hullmark.checks.declare_config import pod_check
from hullmark.checks.kube import Object, Pod
from hullmark.checks.kube_workloads import is_whole
from hullmark.model import Evidence, Severity

_BAD = """\
apiVersion: batch/v1
kind: Job
metadata: {name: migrate}
spec:
  template:
    spec:
      restartPolicy: Never
      containers: [{name: migrate, image: "registry.example/migrate:1.4.2"}]
"""
_CRON = """\
apiVersion: batch/v1
kind: CronJob
metadata: {name: tidy}
spec:
  jobTemplate:
    spec:
      template:
        spec:
          containers: [{name: tidy, image: "registry.example/tidy:1.4.2"}]
"""


@pod_check(
    id="job-without-deadline",
    title="Job may run without end",
    severity=Severity.LOW,
    bad=(_BAD, _CRON),
    good=(
        _BAD + "  activeDeadlineSeconds: 3600\n",
        _BAD + "      activeDeadlineSeconds: 3600\n",
        _BAD.replace("Job", "ReplicaSet"),
    ),
    remediation="Set activeDeadlineSeconds of the job well above what a run takes.",
    references=("https://kubernetes.io/docs/concepts/workloads/controllers/job/",),
)
def job_without_deadline(subject: Object, pod: Pod) -> Iterator[Evidence]:
    """A run that hangs, or that an attacker holds open, keeps its resources and rights."""
    if subject.kind not in ("Job", "CronJob") or not is_whole(subject):
        return
    of_cron_job = subject.kind == "CronJob"
    at = "spec.jobTemplate.spec" if of_cron_job else "spec"
    job = subject.spec.map("jobTemplate").map("spec") if of_cron_job else subject.spec
    if not any("activeDeadlineSeconds" in each for each in (job, pod.spec)):
        yield subject.tell(
            f"{at}.activeDeadlineSeconds",
            f"{subject.name} has no activeDeadlineSeconds",
            job.line,
        )
