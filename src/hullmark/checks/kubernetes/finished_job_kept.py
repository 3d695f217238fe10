"""Jobs that stay when they are done."""

from collections.abc import Iterator

from hullmark.checks.declare_config import object_check
from hullmark.checks.kube import Object
from hullmark.checks.kube_workloads import is_whole
from hullmark.model import Evidence, Severity

_BAD = """\
apiVersion: batch/v1
kind: Job
metadata: {name: migrate}
spec:
  template: {spec: {containers: [{name: db, image: "registry.example/db:16.4"}]}}
"""

_CLEANED = ("argocd.argoproj.io/hook", "helm.sh/hook")
"""Annotations by which a tool of deployment deletes the job itself."""


@object_check(
    "Job",
    id="finished-job-kept",
    title="Finished job is kept for ever",
    severity=Severity.LOW,
    bad=(_BAD,),
    good=(
        _BAD + "  ttlSecondsAfterFinished: 3600\n",
        _BAD.replace("migrate}", "migrate, annotations: {helm.sh/hook: pre-upgrade}}"),
    ),
    remediation="Set ttlSecondsAfterFinished to how long its logs are of use.",
    references=("https://kubernetes.io/docs/concepts/workloads/controllers/ttlafterfinished/",),
)
def finished_job_kept(subject: Object) -> Iterator[Evidence]:
    """Its pods, logs and variables stay readable, and fill the cluster's store run by run."""
    spec, annotations = subject.spec, subject.metadata.map("annotations")
    if "ttlSecondsAfterFinished" in spec or any(each in annotations for each in _CLEANED):
        return
    if is_whole(subject) and not subject.metadata.maps("ownerReferences"):
        yield subject.tell(
            "spec.ttlSecondsAfterFinished",
            f"{subject.name} has no ttlSecondsAfterFinished",
            spec.line,
        )
