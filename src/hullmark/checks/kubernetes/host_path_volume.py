"""Volumes that are folders of the node."""

from collections.abc import Iterator

from hullmark.checks.declare_config import pod_check
from hullmark.checks.kube import Object, Pod
from hullmark.checks.pod_examples import a_pod, with_volume
from hullmark.checks.pod_security import STANDARDS, VOLUMES, Place, host_paths
from hullmark.model import Evidence, Severity


@pod_check(
    id="host-path-volume",
    needs=("hostPath",),
    title="Volume is a folder of the node",
    severity=Severity.MEDIUM,
    bad=(
        with_volume("hostPath: {path: /data/web}"),
        a_pod(
            spec="volumes:\n- {name: cache, hostPath: {path: /mnt/cache, type: DirectoryOrCreate}}",
            kind="Deployment",
        ),
    ),
    good=(
        with_volume("emptyDir: {}"),
        with_volume("hostPath: {path: /etc}"),
        with_volume("hostPath:"),
    ),
    remediation="Use a persistent volume claim, or emptyDir for what need not last.",
    references=(
        STANDARDS,
        VOLUMES + "#hostpath",
    ),
)
def host_path_volume(subject: Object, pod: Pod) -> Iterator[Evidence]:
    """What the pod writes there is met by other pods and by the node itself.

    A link laid into it can lead programs of the node to files they were not meant for.
    """
    for each in host_paths(pod, Place.OTHER):
        yield subject.tell(each.at, f"volume {each.volume!r} is {each.path} of the node", each.line)
