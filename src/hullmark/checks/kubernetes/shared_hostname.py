"""Replicas that all call themselves the same."""

from collections.abc import Iterator

from hullmark.checks.declare_config import pod_check
from hullmark.checks.kube import Object, Pod
from hullmark.checks.kube_workloads import replicas
from hullmark.checks.mending import drop
from hullmark.model import Evidence, Severity

_BAD = """\
apiVersion: apps/v1
kind: Deployment
metadata: {name: web}
spec:
  replicas: 3
  template:
    spec:
      hostname: web
      containers: [{name: web, image: "registry.example/web:1.4.2"}]
"""


@pod_check(
    id="shared-hostname",
    needs=("hostname",),
    title="Replicas share one hostname",
    severity=Severity.LOW,
    bad=(_BAD, _BAD.replace("Deployment", "DaemonSet")),
    good=(_BAD.replace("      hostname: web\n", ""), _BAD.replace("replicas: 3", "replicas: 1")),
    remediation="Leave hostname out, or use a StatefulSet where each pod needs a name of its own.",
    references=("https://kubernetes.io/docs/concepts/services-networking/dns-pod-service/",),
    mend=drop(says="give each pod its own", breaks="shows programs another host name"),
)
def shared_hostname(subject: Object, pod: Pod) -> Iterator[Evidence]:
    """Logs and locks by host name mix them up: what one did in an incident nobody can tell."""
    name = pod.spec.text("hostname")
    several = subject.kind == "DaemonSet" or replicas(subject) > 1
    if name and several and subject.kind not in ("Pod", "Job", "CronJob", "StatefulSet"):
        yield subject.tell(
            f"{pod.at}.hostname",
            f"every pod of {subject.name} has the hostname {name!r}",
            pod.spec.line_of("hostname"),
        )
