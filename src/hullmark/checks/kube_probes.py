"""Probes that containers lack."""

from collections.abc import Iterator

from hullmark.checks.kube import Object, Pod
from hullmark.checks.kube_workloads import runs_on
from hullmark.checks.pod_examples import a_pod
from hullmark.model import Evidence

GUIDE = "https://kubernetes.io/docs/concepts/configuration/liveness-readiness-startup-probes/"

WITHOUT = a_pod(kind="Deployment")
"""A workload without any."""


def with_probe(key: str) -> tuple[str, ...]:
    """Workloads with the probe, and such as need none: initialising, ending, and patches."""
    return (
        a_pod(f"{key}: {{tcpSocket: {{port: 8080}}}}", kind="Deployment"),
        WITHOUT.replace("containers", "initContainers"),
        a_pod(kind="Job"),
        WITHOUT.replace("image: registry.example/web:1.4.2", "tty: false"),
    )


def lacking(subject: Object, pod: Pod, key: str) -> Iterator[Evidence]:
    """Containers that are to run on and have no such probe."""
    if not runs_on(subject):
        return
    for each in pod.containers("containers"):
        if "image" in each.body and not each.body.map(key):
            yield subject.tell(
                f"{each.at}.{key}",
                f"container {each.name!r} has no {key}",
                each.body.line_of(key),
            )
