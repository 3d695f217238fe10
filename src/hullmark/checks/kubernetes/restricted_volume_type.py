"""Volumes of types that reach storage past persistent volumes."""

from collections.abc import Iterator

from hullmark.checks.declare_config import pod_check
from hullmark.checks.kube import Object, Pod
from hullmark.checks.pod_examples import a_pod, with_volume
from hullmark.checks.pod_security import STANDARDS, VOLUMES
from hullmark.model import Evidence, Severity

_ACCEPTED = frozenset(
    {
        "configMap",
        "csi",
        "downwardAPI",
        "emptyDir",
        "ephemeral",
        "image",
        "persistentVolumeClaim",
        "projected",
        "secret",
        "gitRepo",
        "hostPath",
    }
)
"""What the restricted standard accepts; the last two have own checks."""

_WITH_IMAGES = 33
"""The minor version from which it accepts volumes that are images."""


@pod_check(
    id="restricted-volume-type",
    needs=("volumes",),
    title="Volume is of a type that the restricted standard forbids",
    severity=Severity.LOW,
    bad=(
        with_volume("nfs: {server: nfs.example, path: /export}"),
        a_pod(
            spec="volumes:\n- {name: disk, iscsi: {targetPortal: 10.0.0.1:3260, lun: 0}}",
            kind="StatefulSet",
        ),
    ),
    good=(
        with_volume("persistentVolumeClaim: {claimName: data}"),
        with_volume("emptyDir: {}"),
        with_volume("image: {reference: 'registry.example/site:1.0'}"),
        with_volume("hostPath: {path: /data}"),
        a_pod(spec="volumes:\n- name: data"),
    ),
    remediation=(
        "Define the storage as a persistent volume, and claim it by persistentVolumeClaim."
    ),
    references=(
        STANDARDS,
        VOLUMES,
    ),
)
def restricted_volume_type(subject: Object, pod: Pod) -> Iterator[Evidence]:
    """Who writes the pod chooses server and path, and the kernel of the node mounts them.

    Persistent volumes leave that choice to who runs the cluster.
    """
    for body, at in pod.volumes():
        types = {key for key, value in body.items() if value is not None and key != "name"}
        accepted = _ACCEPTED if pod.version >= _WITH_IMAGES else _ACCEPTED - {"image"}
        if types and not types & accepted:
            kind = min(types)
            says = f"volume {body.text('name')!r} is of type {kind}"
            yield subject.tell(f"{at}.{kind}", says, body.line_of(kind))
