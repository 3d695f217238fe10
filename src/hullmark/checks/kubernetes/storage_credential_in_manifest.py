"""Credentials of storage that stand in the manifest."""

from collections.abc import Iterator
from re import IGNORECASE

from hullmark.checks.declare_config import POD, object_check
from hullmark.checks.kube import Object
from hullmark.checks.kube_volumes import volumes
from hullmark.model import Evidence, Severity
from hullmark.model.finding import Kind
from hullmark.model.later import regex
from hullmark.model.placed import Map

_BAD = """\
apiVersion: v1
kind: PersistentVolume
metadata: {name: share}
spec:
  accessModes: [ReadWriteMany]
  mountOptions: [dir_mode=0770, "username=backup,password=Xk29-vbQ"]
  csi: {driver: smb.csi.k8s.io, volumeHandle: share}
"""
_CLASS = """\
apiVersion: storage.k8s.io/v1
kind: StorageClass
metadata: {name: slow}
provisioner: kubernetes.io/glusterfs
parameters: {resturl: "https://heketi.example", restuser: admin, restuserkey: Xk29-vbQ}
"""

_is_option = regex(r"(?:^|,)\s*(?:pass|password)=[^,$]").search
_is_key = regex(
    r"(?:password|passphrase|passwd|restuserkey|secret_?key|secret_?access_?key|account_?key"
    r"|storage_?account_?key|access_?token)$",
    IGNORECASE,
).search
_is_elsewhere = regex(r"^\s*(?:$|\$[({]|<)").search
"""Values that name a variable or are to be filled in."""

_PLACES = (("csi", "volumeAttributes"), ("flexVolume", "options"))


@object_check(
    "PersistentVolume",
    "StorageClass",
    POD,
    id="storage-credential-in-manifest",
    title="Credential of storage stands in the manifest",
    severity=Severity.HIGH,
    kind=Kind.SECRET,
    bad=(_BAD, _CLASS),
    good=(
        _BAD.replace(",password=Xk29-vbQ", ""),
        _CLASS.replace("restuserkey: Xk29-vbQ", "secretName: heketi, secretNamespace: storage"),
        _CLASS.replace("Xk29-vbQ", "'${HEKETI_KEY}'"),
    ),
    remediation="Put the credential into a secret, name that in the volume, and change it.",
    references=("https://kubernetes.io/docs/concepts/configuration/secret/",),
)
def storage_credential_in_manifest(subject: Object) -> Iterator[Evidence]:
    """Whoever reads the repository, or may list volumes and classes, gets at all the data."""
    if subject.kind == "StorageClass":
        yield from _in(subject, subject.body.map("parameters"), "parameters")
        yield from _options(subject, subject.body, "mountOptions")
        return
    for body, at, _ in volumes(subject):
        yield from _options(subject, body, f"{at}.mountOptions")
        for kind, key in _PLACES:
            yield from _in(subject, body.map(kind).map(key), f"{at}.{kind}.{key}")


def _in(subject: Object, parameters: Map, at: str) -> Iterator[Evidence]:
    for key in parameters:
        value = parameters.text(key)
        if _is_key(key) and not _is_elsewhere(value):
            yield subject.tell(
                f"{at}.{key}", f"{key!r} holds a credential", parameters.line_of(key)
            )


def _options(subject: Object, holder: Map, at: str) -> Iterator[Evidence]:
    options = holder.items_of("mountOptions")
    for index, each in enumerate(options):
        if isinstance(each, str) and _is_option(each):
            yield subject.tell(
                f"{at}[{index}]", "a mount option holds a password", options.line_of(index)
            )
