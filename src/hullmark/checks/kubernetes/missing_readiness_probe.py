"""Containers that count as ready at once."""

from collections.abc import Iterator

from hullmark.checks.declare_config import pod_check
from hullmark.checks.kube import Object, Pod
from hullmark.checks.kube_workloads import runs_on
from hullmark.model import Evidence, Severity

_BAD = """\
apiVersion: apps/v1
kind: Deployment
metadata: {name: web}
spec:
  template:
    spec:
      containers:
      - name: web
        image: registry.example/web:1.4.2
"""
_JOB = """\
apiVersion: batch/v1
kind: Job
metadata: {name: migrate}
spec:
  template:
    spec:
      restartPolicy: Never
      containers:
      - {name: migrate, image: "registry.example/migrate:1.4.2"}
"""


@pod_check(
    id="missing-readiness-probe",
    title="Container has no readiness probe",
    severity=Severity.LOW,
    bad=(_BAD,),
    good=(
        _BAD + "        readinessProbe: {tcpSocket: {port: 8080}}\n",
        _BAD.replace("containers", "initContainers"),
        _JOB,
        _BAD.replace("image: registry.example/web:1.4.2", "tty: false"),
    ),
    remediation="Add a readinessProbe of what shows that the container can serve requests.",
    references=(
        "https://kubernetes.io/docs/concepts/configuration/liveness-readiness-startup-probes/",
    ),
)
def missing_readiness_probe(subject: Object, pod: Pod) -> Iterator[Evidence]:
    """Requests are sent to it before it can answer, and every update drops some of them."""
    if not runs_on(subject):
        return
    for each in pod.containers("containers"):
        if "image" in each.body and not each.body.map("readinessProbe"):
            yield subject.tell(
                f"{each.at}.readinessProbe",
                f"container {each.name!r} has no readinessProbe",
                each.body.line_of("readinessProbe"),
            )
