"""Containers that are restarted for what should only take requests from them."""

from collections.abc import Iterator

from hullmark.checks.declare_config import pod_check
from hullmark.checks.kube import Object, Pod
from hullmark.model import Evidence, Severity

_BAD = """\
apiVersion: v1
kind: Pod
metadata: {name: web}
spec:
  containers:
  - name: web
    image: registry.example/web:1.4.2
    livenessProbe: {httpGet: {path: /health, port: 8080}}
    readinessProbe: {httpGet: {path: /health, port: 8080}}
"""


@pod_check(
    id="identical-probes",
    needs=("livenessProbe",),
    title="Liveness probe and readiness probe are the same",
    severity=Severity.LOW,
    bad=(_BAD,),
    good=(
        _BAD.replace("/health", "/ready", 1),
        _BAD.replace("8080}}\n    r", "8080}, failureThreshold: 10}\n    r"),
    ),
    remediation=(
        "Ask the readiness probe for what requests need, and the liveness probe only whether "
        "the process works, or let it fail later."
    ),
    references=(
        "https://kubernetes.io/docs/concepts/configuration/liveness-readiness-startup-probes/",
    ),
    left="what shows that it works is for people to say",
)
def identical_probes(subject: Object, pod: Pod) -> Iterator[Evidence]:
    """Under load, or when a dependency fails, pods are restarted that should only get no requests.

    An outage of a database becomes one of all that use it.
    """
    for each in pod.containers("containers"):
        liveness, readiness = each.body.map("livenessProbe"), each.body.map("readinessProbe")
        if liveness and liveness == readiness:
            yield subject.tell(
                f"{each.at}.livenessProbe",
                f"container {each.name!r} is restarted by the very probe that makes it unready",
                each.body.line_of("livenessProbe"),
            )
