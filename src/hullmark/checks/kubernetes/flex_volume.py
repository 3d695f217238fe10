"""Volumes by programs on the node."""

from collections.abc import Iterator

from hullmark.checks.declare_config import POD, object_check
from hullmark.checks.kube import Object
from hullmark.checks.kube_volumes import volumes
from hullmark.model import Evidence, Severity

_BAD = """\
apiVersion: v1
kind: Pod
metadata: {name: web}
spec:
  containers: [{name: web, image: registry.example/web:1}]
  volumes:
  - {name: data, flexVolume: {driver: example/lvm, options: {size: 1g}}}
"""


@object_check(
    "PersistentVolume",
    POD,
    id="flex-volume",
    needs=("flexVolume",),
    title="Volume is mounted by a program on the node",
    severity=Severity.MEDIUM,
    bad=(_BAD,),
    good=(_BAD.replace("flexVolume: {driver: example/lvm, options: {size: 1g}}", "emptyDir: {}"),),
    remediation="Use a volume of a CSI driver.",
    references=("https://kubernetes.io/docs/concepts/storage/volumes/#deprecated-flexvolume",),
)
def flex_volume(subject: Object) -> Iterator[Evidence]:
    """The kubelet runs the driver as root with options that the manifest chooses.

    FlexVolume is deprecated, and a fault in a driver is a way to become root of the node.
    """
    for body, at, name in volumes(subject):
        flex = body.map("flexVolume")
        if flex:
            yield subject.tell(
                f"{at}.flexVolume",
                f"volume {name!r} is mounted by driver {flex.text('driver')!r}",
                body.line_of("flexVolume"),
            )
