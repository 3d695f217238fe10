"""Mounts by which pods write to the node."""

from collections.abc import Iterator

from hullmark.checks.declare_config import pod_check
from hullmark.checks.kube import Object, Pod
from hullmark.checks.mending import put
from hullmark.checks.pod_examples import with_volume
from hullmark.checks.pod_security import VOLUMES, Place, called, host_paths, mounts
from hullmark.model import Evidence, Severity

_WRITABLE = (Place.SENSITIVE, Place.DEVICE, Place.OTHER)


@pod_check(
    id="writable-host-path",
    needs=("hostPath",),
    title="Folder of the node is mounted writable",
    severity=Severity.MEDIUM,
    bad=(
        with_volume("hostPath: {path: /data}"),
        with_volume("hostPath: {path: /var/log}", ", readOnly: false"),
    ),
    good=(
        with_volume("hostPath: {path: /data}", ", readOnly: true"),
        with_volume("emptyDir: {}"),
        with_volume("hostPath: {path: /run/docker.sock}"),
    ),
    remediation=(
        "Set readOnly to true on the mount, or use a persistent volume claim for what is written."
    ),
    references=(VOLUMES + "#hostpath",),
    mend=put(
        value=True, says="mount it to read", breaks="breaks programs that write there", risky=True
    ),
)
def writable_host_path(subject: Object, pod: Pod) -> Iterator[Evidence]:
    """Whoever breaks in can leave programs and links on the node, for others to follow.

    They can fill up its disk as well, which evicts all pods.
    """
    written = {each.volume: each.path for each in host_paths(pod, *_WRITABLE)}
    for container, mount, at in mounts(pod):
        path = written.get(mount.text("name"))
        if path is not None and not mount.flag("readOnly"):
            says = f"{called(container)} mounts {path} of the node writable"
            yield subject.tell(f"{at}.readOnly", says, mount.line_of("readOnly"))
