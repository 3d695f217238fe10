"""Disks over the network that anybody may attach."""

from collections.abc import Iterator

from hullmark.checks.declare_config import POD, object_check
from hullmark.checks.kube import Object
from hullmark.checks.kube_volumes import volumes
from hullmark.model import Evidence, Severity

_BAD = """\
apiVersion: v1
kind: PersistentVolume
metadata: {name: disk}
spec:
  accessModes: [ReadWriteOnce]
  iscsi: {targetPortal: 192.0.2.7, iqn: "iqn.2024-01.example:disk", lun: 0}
"""


@object_check(
    "PersistentVolume",
    POD,
    id="iscsi-without-chap",
    needs=("iscsi",),
    title="iSCSI volume is attached without authentication",
    severity=Severity.LOW,
    bad=(_BAD,),
    good=(_BAD.replace("lun: 0", "lun: 0, chapAuthSession: true, secretRef: {name: chap}"),),
    remediation="Set chapAuthSession, and name the secret with the credentials in secretRef.",
    references=("https://kubernetes.io/docs/concepts/storage/volumes/#iscsi",),
)
def iscsi_without_chap(subject: Object) -> Iterator[Evidence]:
    """Whoever reaches the portal on the network attaches the disk, and reads or changes it."""
    for body, at, name in volumes(subject):
        disk = body.map("iscsi")
        if disk and disk.flag("chapAuthSession") is not True:
            yield subject.tell(
                f"{at}.iscsi", f"volume {name!r} is attached without CHAP", body.line_of("iscsi")
            )
