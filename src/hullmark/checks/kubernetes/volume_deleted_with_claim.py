"""Volumes whose data go when the claim goes."""

from collections.abc import Iterator

from hullmark.checks.declare_config import object_check
from hullmark.checks.kube import Object
from hullmark.checks.mending import put
from hullmark.model import Evidence, Severity

_BAD = """\
apiVersion: v1
kind: PersistentVolume
metadata: {name: data}
spec:
  capacity: {storage: 1Gi}
  accessModes: [ReadWriteOnce]
  persistentVolumeReclaimPolicy: Delete
  csi: {driver: ebs.csi.aws.com, volumeHandle: vol-1}
"""
_SET = """\
apiVersion: apps/v1
kind: StatefulSet
metadata: {name: db}
spec:
  serviceName: db
  persistentVolumeClaimRetentionPolicy: {whenDeleted: Delete, whenScaled: Retain}
  template: {spec: {containers: [{name: db, image: registry.example/db:15}]}}
"""


@object_check(
    "PersistentVolume",
    "StatefulSet",
    id="volume-deleted-with-claim",
    title="Data are deleted together with the claim or the workload",
    severity=Severity.LOW,
    bad=(_BAD, _SET),
    good=(
        _BAD.replace(": Delete", ": Retain"),
        _SET.replace(": Delete", ": Retain"),
        _SET.replace("  persistentVolumeClaimRetentionPolicy", "  other"),
    ),
    remediation="Use Retain, and delete volumes on purpose.",
    references=(
        "https://kubernetes.io/docs/concepts/storage/persistent-volumes/#reclaiming",
        "https://kubernetes.io/docs/concepts/workloads/controllers/statefulset/",
    ),
    mend=put(
        value="Retain", says="keep the volume", breaks="leaves volumes that somebody has to remove"
    ),
)
def volume_deleted_with_claim(subject: Object) -> Iterator[Evidence]:
    """One command on the wrong object, or an attacker who may delete it, destroys the data."""
    spec = subject.spec
    if subject.kind == "PersistentVolume":
        if not subject.group and spec.text("persistentVolumeReclaimPolicy") == "Delete":
            yield subject.tell(
                "spec.persistentVolumeReclaimPolicy",
                "the volume is deleted with its claim",
                spec.line_of("persistentVolumeReclaimPolicy"),
            )
        return
    policy = spec.map("persistentVolumeClaimRetentionPolicy")
    for key in ("whenDeleted", "whenScaled"):
        if policy.text(key) == "Delete":
            when = "the set is deleted" if key == "whenDeleted" else "the set is scaled down"
            yield subject.tell(
                f"spec.persistentVolumeClaimRetentionPolicy.{key}",
                f"claims are deleted when {when}",
                policy.line_of(key),
            )
