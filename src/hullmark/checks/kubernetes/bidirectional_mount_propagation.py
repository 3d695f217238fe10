"""Mounts whose own mounts appear on the node."""

from collections.abc import Iterator

from hullmark.checks.declare_config import pod_check
from hullmark.checks.kube import Object, Pod
from hullmark.checks.mending import drop
from hullmark.checks.pod_examples import with_volume
from hullmark.checks.pod_security import VOLUMES, called, mounts
from hullmark.model import Evidence, Severity


@pod_check(
    id="bidirectional-mount-propagation",
    needs=("mountPropagation",),
    title="Mounts of the container appear on the node",
    severity=Severity.HIGH,
    bad=(with_volume("hostPath: {path: /mnt/shared}", ", mountPropagation: Bidirectional"),),
    good=(
        with_volume("hostPath: {path: /mnt/shared}", ", mountPropagation: HostToContainer"),
        with_volume("hostPath: {path: /mnt/shared}"),
    ),
    remediation=(
        "Use HostToContainer, or leave propagation at None; only storage drivers need "
        "Bidirectional."
    ),
    references=(VOLUMES + "#mount-propagation",),
    mend=drop(says="remove it", breaks="keeps its mounts from the node", risky=True),
)
def bidirectional_mount_propagation(subject: Object, pod: Pod) -> Iterator[Evidence]:
    """It can lay its own files over those of the node and of other pods.

    What the container mounts there is mounted on the node and wherever the volume is shared.
    """
    for container, mount, at in mounts(pod):
        if mount.text("mountPropagation") == "Bidirectional":
            says = f"{called(container)} mounts {mount.text('name')!r} with propagation to the node"
            yield subject.tell(f"{at}.mountPropagation", says, mount.line_of("mountPropagation"))
