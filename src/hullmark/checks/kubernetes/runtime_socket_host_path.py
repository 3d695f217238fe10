"""Volumes that are the socket of the container runtime."""

from collections.abc import Iterator

from hullmark.checks.declare_config import pod_check
from hullmark.checks.kube import Object, Pod
from hullmark.checks.pod_examples import with_volume
from hullmark.checks.pod_security import STANDARDS, VOLUMES, Place, host_paths
from hullmark.model import Evidence, Severity


@pod_check(
    id="runtime-socket-host-path",
    needs=("hostPath",),
    title="Socket of the container runtime is mounted",
    severity=Severity.CRITICAL,
    bad=(
        with_volume("hostPath: {path: /var/run/docker.sock, type: Socket}"),
        with_volume("hostPath: {path: /run/containerd/containerd.sock}", ", readOnly: true"),
        with_volume("hostPath: {path: /run/crio}"),
    ),
    good=(
        with_volume("hostPath: {path: /var/run/app.sock}"),
        with_volume("emptyDir: {}"),
    ),
    remediation=(
        "Remove the volume; build images without a daemon, and watch containers by the Kubernetes "
        "API."
    ),
    references=(
        STANDARDS,
        VOLUMES + "#hostpath",
    ),
)
def runtime_socket_host_path(subject: Object, pod: Pod) -> Iterator[Evidence]:
    """Whoever talks to the runtime starts a privileged container, and is root of the node.

    That the mount is read-only changes nothing.
    """
    for each in host_paths(pod, Place.RUNTIME_SOCKET):
        yield subject.tell(
            each.at,
            f"volume {each.volume!r} is {each.path}, by which the container runtime is ruled",
            each.line,
        )
