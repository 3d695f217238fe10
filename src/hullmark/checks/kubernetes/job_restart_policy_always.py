"""Jobs whose pods could never end."""

from collections.abc import Iterator

from hullmark.checks.declare_config import pod_check
from hullmark.checks.kube import Object, Pod
from hullmark.checks.kube_workloads import is_whole
from hullmark.checks.mending import put
from hullmark.model import Evidence, Severity

_BAD = """\
apiVersion: batch/v1
kind: Job
metadata: {name: migrate}
spec:
  template:
    spec:
      restartPolicy: Always
      containers: [{name: migrate, image: "registry.example/migrate:1.4.2"}]
"""


@pod_check(
    id="job-restart-policy-always",
    title="Job restarts its pods always",
    severity=Severity.LOW,
    bad=(_BAD, _BAD.replace("      restartPolicy: Always\n", "")),
    good=(
        _BAD.replace("Always", "Never"),
        _BAD.replace("Always", "OnFailure"),
        _BAD.replace("Job", "ReplicaSet"),
    ),
    remediation="Set restartPolicy to Never or OnFailure.",
    references=("https://kubernetes.io/docs/concepts/workloads/controllers/job/",),
    mend=put(value="OnFailure", says="restart it where it fails"),
)
def job_restart_policy_always(subject: Object, pod: Pod) -> Iterator[Evidence]:
    """The cluster rejects such a job: a migration or backup that should run does not."""
    policy = pod.spec.text("restartPolicy")
    is_job = subject.kind in ("Job", "CronJob") and is_whole(subject)
    if is_job and policy in ("", "Always"):
        says = "the restart policy Always" if policy else "no restart policy, which means Always"
        yield subject.tell(
            f"{pod.at}.restartPolicy",
            f"pods of {subject.name} have {says}",
            pod.spec.line_of("restartPolicy"),
        )
