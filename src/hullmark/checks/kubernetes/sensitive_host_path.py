"""Volumes that are folders of the system of the node."""

from collections.abc import Iterator

from hullmark.checks.declare_config import pod_check
from hullmark.checks.kube import Object, Pod
from hullmark.checks.pod_examples import with_volume
from hullmark.checks.pod_security import STANDARDS, VOLUMES, Place, host_paths
from hullmark.model import Evidence, Severity


@pod_check(
    id="sensitive-host-path",
    needs=("hostPath",),
    title="Volume is a sensitive folder of the node",
    severity=Severity.HIGH,
    bad=(
        with_volume("hostPath: {path: /}"),
        with_volume("hostPath: {path: /etc/kubernetes/, type: Directory}", ", readOnly: true"),
        with_volume("hostPath: {path: /var/lib/kubelet/pods}"),
    ),
    good=(
        with_volume("hostPath: {path: /etc/ssl/certs, type: Directory}"),
        with_volume("hostPath: {path: /data/etc}"),
        with_volume("hostPath: {path: /var/run/docker.sock}"),
    ),
    remediation=(
        "Remove the volume; give the pod the one file it needs by a config map, a secret or a CSI "
        "driver."
    ),
    references=(
        STANDARDS,
        VOLUMES + "#hostpath",
    ),
)
def sensitive_host_path(subject: Object, pod: Pod) -> Iterator[Evidence]:
    """To read it is often enough to take over the cluster; to write it is always.

    There lie the keys of the kubelet and of other pods, and the programs and settings of the node.
    """
    for each in host_paths(pod, Place.SENSITIVE):
        yield subject.tell(
            each.at,
            f"volume {each.volume!r} is the sensitive folder {each.path} of the node",
            each.line,
        )
