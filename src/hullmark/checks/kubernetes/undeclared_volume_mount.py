"""Mounts of volumes that the pod does not have."""

from collections.abc import Iterator

from hullmark.checks.declare_config import pod_check
from hullmark.checks.kube import Object, Pod
from hullmark.checks.kube_workloads import is_whole
from hullmark.model import Evidence, Severity

_BAD = """\
apiVersion: v1
kind: Pod
metadata: {name: web}
spec:
  volumes: [{name: data, emptyDir: {}}]
  containers:
  - name: web
    image: registry.example/web:1.4.2
    volumeMounts: [{name: date, mountPath: /data}]
"""


@pod_check(
    id="undeclared-volume-mount",
    needs=("volumeMounts",),
    title="Container mounts a volume that the pod does not declare",
    severity=Severity.LOW,
    bad=(_BAD,),
    good=(
        _BAD.replace("name: date", "name: data"),
        _BAD.replace("name: data,", "name: date,"),
    ),
    remediation="Declare the volume by this name, or mount one that is declared.",
    references=("https://kubernetes.io/docs/concepts/storage/volumes/",),
)
def undeclared_volume_mount(subject: Object, pod: Pod) -> Iterator[Evidence]:
    """The cluster rejects the pod: the workload does not start, or stays on its old version."""
    if not is_whole(subject):
        return
    names = {volume.text("name") for volume, _ in pod.volumes()}
    for claim in subject.spec.maps("volumeClaimTemplates"):
        names.add(claim.map("metadata").text("name"))
    for each in pod.containers():
        for index, one in enumerate(each.body.maps("volumeMounts")):
            name = one.text("name")
            if name and name not in names:
                yield subject.tell(
                    f"{each.at}.volumeMounts[{index}].name",
                    f"container {each.name!r} mounts volume {name!r}, which the pod does not have",
                    one.line_of("name"),
                )
