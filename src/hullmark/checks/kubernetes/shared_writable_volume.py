"""Volumes that many nodes may write at once."""

from collections.abc import Iterator

from hullmark.checks.declare_config import object_check
from hullmark.checks.kube import Object
from hullmark.model import Evidence, Severity

_BAD = """\
apiVersion: v1
kind: PersistentVolumeClaim
metadata: {name: data}
spec:
  accessModes: [ReadWriteMany]
  resources: {requests: {storage: 1Gi}}
"""


@object_check(
    "PersistentVolume",
    "PersistentVolumeClaim",
    id="shared-writable-volume",
    title="Volume may be written by many nodes",
    severity=Severity.LOW,
    bad=(_BAD, _BAD.replace("VolumeClaim", "Volume")),
    good=(_BAD.replace("WriteMany", "WriteOnce"), _BAD.replace("ReadWriteMany", "ReadOnlyMany")),
    remediation="Use ReadWriteOnce or ReadWriteOncePod, or ReadOnlyMany where many only read.",
    references=("https://kubernetes.io/docs/concepts/storage/persistent-volumes/#access-modes",),
)
def shared_writable_volume(subject: Object) -> Iterator[Evidence]:
    """One pod that is taken over changes the files that all others read and trust."""
    modes = subject.spec.texts("accessModes")
    if not subject.group and "ReadWriteMany" in modes:
        yield subject.tell(
            "spec.accessModes",
            "may be written by many nodes at once (ReadWriteMany)",
            subject.spec.line_of("accessModes"),
        )
