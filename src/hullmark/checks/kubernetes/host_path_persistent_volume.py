"""Persistent volumes that are folders of a node."""

from collections.abc import Iterator

from hullmark.checks.declare_config import object_check
from hullmark.checks.kube import Object
from hullmark.model import Evidence, Severity

_BAD = """\
apiVersion: v1
kind: PersistentVolume
metadata: {name: data}
spec:
  capacity: {storage: 1Gi}
  accessModes: [ReadWriteOnce]
  hostPath: {path: /srv/data}
"""


@object_check(
    "PersistentVolume",
    id="host-path-persistent-volume",
    title="Persistent volume is a folder of the node",
    severity=Severity.HIGH,
    bad=(_BAD,),
    good=(_BAD.replace("hostPath: {path: /srv/data}", "csi: {driver: ebs.csi.aws.com}"),),
    remediation="Use a volume of a storage driver, or one of kind local where disks are needed.",
    references=("https://kubernetes.io/docs/concepts/storage/volumes/#hostpath",),
)
def host_path_persistent_volume(subject: Object) -> Iterator[Evidence]:
    """A pod gets files of its node by an innocent claim, past the rules that forbid it hostPath.

    What the pod writes there may be run or trusted by the node.
    """
    path = subject.spec.map("hostPath").text("path")
    if path and not subject.group:
        yield subject.tell(
            "spec.hostPath", f"is the folder {path} of the node", subject.spec.line_of("hostPath")
        )
