"""Parts of writable volumes that are mounted by path."""

from collections.abc import Iterator

from hullmark.checks.declare_config import pod_check
from hullmark.checks.kube import Object, Pod
from hullmark.model import Evidence, Severity
from hullmark.model.placed import Map

_BAD = """\
apiVersion: v1
kind: Pod
metadata: {name: web}
spec:
  containers:
  - name: web
    image: registry.example/web:1
    volumeMounts:
    - {name: data, mountPath: /data, subPath: web}
  volumes:
  - {name: data, persistentVolumeClaim: {claimName: data}}
"""
_FIXED = ("configMap", "secret", "projected", "downwardAPI")
"""Kinds of volumes whose contents no container writes."""


@pod_check(
    id="sub-path-mount",
    needs=("subPath", "subPathExpr"),
    title="Container mounts a path of a writable volume",
    severity=Severity.LOW,
    bad=(_BAD, _BAD.replace("subPath: web", "subPathExpr: $(NAME)")),
    good=(
        _BAD.replace(", subPath: web", ""),
        _BAD.replace("persistentVolumeClaim: {claimName: data}", "configMap: {name: web}"),
    ),
    remediation="Mount the whole volume, or use a volume for each container.",
    references=(
        "https://kubernetes.io/docs/concepts/storage/volumes/#using-subpath",
        "https://nvd.nist.gov/vuln/detail/CVE-2021-25741",
    ),
)
def sub_path_mount(subject: Object, pod: Pod) -> Iterator[Evidence]:
    """Who writes the volume may swap the path for a link while it is mounted.

    On kubelets that CVE-2021-25741 or its forerunners concern, that mounts any file of the node.
    """
    fixed = {body.text("name") for body, _ in pod.volumes() if any(each in body for each in _FIXED)}
    for each in pod.containers():
        for index, mount in enumerate(each.body.items_of("volumeMounts")):
            if not isinstance(mount, Map) or mount.text("name") in fixed:
                continue
            key = "subPath" if mount.text("subPath") else "subPathExpr"
            if mount.text(key):
                yield subject.tell(
                    f"{each.at}.volumeMounts[{index}].{key}",
                    f"container {each.name!r} mounts {mount.text(key)!r} of a writable volume",
                    mount.line_of(key),
                )
