"""Classes of storage whose disks are not encrypted."""

from collections.abc import Iterator, Mapping

from hullmark.checks.declare_config import object_check
from hullmark.checks.kube import Object
from hullmark.checks.mending import put
from hullmark.model import Evidence, Severity
from hullmark.model.rule import Confidence

_BAD = """\
apiVersion: storage.k8s.io/v1
kind: StorageClass
metadata: {name: fast}
provisioner: ebs.csi.aws.com
parameters: {type: gp3}
"""
_DRIVERS: Mapping[str, tuple[str, str]] = {
    "ebs.csi.aws.com": ("encrypted", "Amazon EBS"),
    "ebs.csi.eks.amazonaws.com": ("encrypted", "Amazon EBS"),
    "kubernetes.io/aws-ebs": ("encrypted", "Amazon EBS"),
    "diskplugin.csi.alibabacloud.com": ("encrypted", "Alibaba Cloud disks"),
    "driver.longhorn.io": ("encrypted", "Longhorn"),
    "rbd.csi.ceph.com": ("encrypted", "Ceph RBD"),
    "rook-ceph.rbd.csi.ceph.com": ("encrypted", "Ceph RBD"),
}
"""Provisioners whose disks are in the clear unless a parameter says true; others' are not."""


@object_check(
    "StorageClass",
    id="unencrypted-storage-class",
    title="Storage class makes unencrypted disks",
    severity=Severity.MEDIUM,
    confidence=Confidence.LIKELY,
    bad=(_BAD, _BAD.replace("type: gp3", 'encrypted: "false"')),
    good=(
        _BAD.replace("type: gp3", 'encrypted: "true"'),
        _BAD.replace("ebs.csi.aws.com", "pd.csi.storage.gke.io"),
    ),
    remediation='Set the parameter encrypted to "true", and a key of your own where it matters.',
    references=(
        "https://kubernetes.io/docs/concepts/storage/storage-classes/#aws-ebs",
        "https://github.com/kubernetes-sigs/aws-ebs-csi-driver/blob/master/docs/parameters.md",
    ),
    mend=put(
        value="true",
        says="encrypt volumes",
        breaks="needs a class that exists to be made anew, since its parameters stay",
        risky=True,
    ),
)
def unencrypted_storage_class(subject: Object) -> Iterator[Evidence]:
    """Whoever gets at a disk, a snapshot or a backup of it reads all that the pods stored."""
    found = _DRIVERS.get(subject.body.text("provisioner"))
    if found is None or subject.group != "storage.k8s.io":
        return
    key, what = found
    parameters = subject.body.map("parameters")
    if parameters.flag(key) is not True and parameters.text(key).lower() != "true":
        line = parameters.line_of(key) if key in parameters else subject.body.line_of("provisioner")
        yield subject.tell(f"parameters.{key}", f"volumes of {what} are not encrypted", line)
