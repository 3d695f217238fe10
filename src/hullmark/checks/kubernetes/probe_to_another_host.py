"""Probes and hooks that make the kubelet connect elsewhere."""

from collections.abc import Iterator

from hullmark.checks.declare_config import pod_check
from hullmark.checks.kube import Container, Object, Pod
from hullmark.checks.pod_examples import a_pod
from hullmark.checks.pod_security import STANDARDS, called
from hullmark.model import Evidence, Severity
from hullmark.model.placed import Map


@pod_check(
    id="probe-to-another-host",
    needs=("host",),
    title="Probe or hook connects to a host of its choice",
    severity=Severity.MEDIUM,
    bad=(
        a_pod("livenessProbe: {httpGet: {host: 169.254.169.254, path: /latest, port: 80}}"),
        a_pod(
            "lifecycle: {preStop: {httpGet: {host: db.internal, path: /, port: 8080}}}",
            kind="Deployment",
        ),
        a_pod("startupProbe: {tcpSocket: {host: 127.0.0.1, port: 10250}}"),
    ),
    good=(
        a_pod("livenessProbe: {httpGet: {path: /healthz, port: 8080}}"),
        a_pod("readinessProbe: {tcpSocket: {host: '', port: 8080}}"),
    ),
    remediation="Remove host, so that the pod itself is asked.",
    references=(
        STANDARDS,
        "https://kubernetes.io/docs/tasks/configure-pod-container/configure-liveness-readiness-startup-probes/",
    ),
)
def probe_to_another_host(subject: Object, pod: Pod) -> Iterator[Evidence]:
    """Who writes the pod lets the node connect to services that only nodes may reach.

    Whether the probe succeeds tells which ports are open, past network policies. The baseline
    standard refuses it since 1.34.
    """
    for each in pod.containers():
        for place, handler in _handlers(each):
            for way in ("httpGet", "tcpSocket"):
                target = handler.map(way)
                host = target.text("host")
                if host:
                    says = f"{called(each)} lets the kubelet connect to {host} ({place})"
                    at = f"{each.at}.{place}.{way}.host"
                    yield subject.tell(at, says, target.line_of("host"))


def _handlers(container: Container) -> Iterator[tuple[str, Map]]:
    for probe in ("livenessProbe", "readinessProbe", "startupProbe"):
        yield probe, container.body.map(probe)
    for hook in ("postStart", "preStop"):
        yield f"lifecycle.{hook}", container.body.map("lifecycle").map(hook)
