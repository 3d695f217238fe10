"""Volumes that are devices of the node."""

from collections.abc import Iterator

from hullmark.checks.declare_config import pod_check
from hullmark.checks.kube import Object, Pod
from hullmark.checks.pod_examples import with_volume
from hullmark.checks.pod_security import VOLUMES, Place, host_paths
from hullmark.model import Evidence, Severity


@pod_check(
    id="host-device-path",
    needs=("hostPath",),
    title="Device of the node is mounted",
    severity=Severity.HIGH,
    bad=(
        with_volume("hostPath: {path: /dev}"),
        with_volume("hostPath: {path: /dev/sda1, type: BlockDevice}"),
    ),
    good=(
        with_volume("hostPath: {path: /dev/null, type: CharDevice}"),
        with_volume("hostPath: {path: /srv/dev}"),
    ),
    remediation=(
        "Let a device plugin or dynamic resource allocation give the pod the device it needs."
    ),
    references=(
        VOLUMES + "#hostpath",
        "https://kubernetes.io/docs/concepts/extend-kubernetes/compute-storage-net/device-plugins/",
    ),
)
def host_device_path(subject: Object, pod: Pod) -> Iterator[Evidence]:
    """By its disks and memory the node's files are read and changed past all permissions.

    A device that is not meant for several pods lets one of them disturb the others.
    """
    for each in host_paths(pod, Place.DEVICE):
        yield subject.tell(
            each.at, f"volume {each.volume!r} is the device {each.path} of the node", each.line
        )
