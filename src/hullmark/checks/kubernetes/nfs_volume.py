"""Volumes over NFS."""

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
  - {name: data, nfs: {server: nfs.example, path: /srv}}
"""
_VOLUME = """\
apiVersion: v1
kind: PersistentVolume
metadata: {name: data}
spec:
  accessModes: [ReadWriteOnce]
  nfs: {server: nfs.example, path: /srv}
"""


@object_check(
    "PersistentVolume",
    POD,
    id="nfs-volume",
    needs=("nfs",),
    title="Volume is mounted by NFS without authentication",
    severity=Severity.LOW,
    bad=(_BAD, _VOLUME),
    good=(
        _BAD.replace("nfs: {server: nfs.example, path: /srv}", "emptyDir: {sizeLimit: 1Gi}"),
        f"{_VOLUME}  mountOptions: [nfsvers=4.2, sec=krb5p]\n",
    ),
    remediation="Mount it with sec=krb5p, or use storage that authenticates and encrypts.",
    references=(
        "https://kubernetes.io/docs/concepts/storage/volumes/#nfs",
        "https://www.rfc-editor.org/rfc/rfc7530.html",
    ),
)
def nfs_volume(subject: Object) -> Iterator[Evidence]:
    """NFS without Kerberos believes the ids that clients claim, and sends files in the clear.

    Whoever reaches the server from the network can read and change the data.
    """
    for body, at, name in volumes(subject):
        share = body.map("nfs")
        secured = any("sec=krb5" in each for each in body.texts("mountOptions"))
        if share and not secured:
            yield subject.tell(
                f"{at}.nfs",
                f"volume {name!r} is {share.text('server')}:{share.text('path')} by NFS",
                body.line_of("nfs"),
            )
