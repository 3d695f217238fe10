"""Data on volumes that nothing of the file backs up."""

from collections.abc import Iterator

from hullmark.checks.declare_config import bundle_check
from hullmark.checks.kube import Bundle, Object
from hullmark.checks.kube_places import together
from hullmark.model import Evidence, Severity
from hullmark.model.rule import Confidence

_GROUPS = frozenset(
    ("velero.io", "k8up.io", "volsync.backube", "stash.appscode.com", "snapshot.storage.k8s.io")
)
"""Of the objects by which volumes are backed up."""

_ANNOTATIONS = ("backup.velero.io/", "k8up.io/")
"""Beginnings of annotations that say what of a pod is backed up."""

_BAD = """\
apiVersion: apps/v1
kind: StatefulSet
metadata: {name: db}
spec:
  template:
    spec:
      containers: [{name: db, image: "registry.example/db:16.4"}]
  volumeClaimTemplates:
  - metadata: {name: data}
"""
_SCHEDULE = """\
---
apiVersion: velero.io/v1
kind: Schedule
metadata: {name: nightly}
spec: {schedule: "0 3 * * *"}
"""


@bundle_check(
    id="stateful-set-without-backup",
    title="Volumes of a StatefulSet have no backup",
    severity=Severity.LOW,
    confidence=Confidence.POSSIBLE,
    bad=(_BAD,),
    good=(
        _BAD + _SCHEDULE,
        _BAD.replace(
            "  template:\n",
            "  template:\n    metadata: {annotations: {backup.velero.io/backup-volumes: data}}\n",
        ),
        _BAD.partition("  volumeClaim")[0],
    ),
    remediation=(
        "Schedule a backup, as by Velero, and restore it once. Allow this where the cluster "
        "backs up the namespace."
    ),
    references=("https://velero.io/docs/main/file-system-backup/",),
)
def stateful_set_without_backup(bundle: Bundle) -> Iterator[Evidence]:
    """Ransomware, a mistake or a lost volume takes the data for good."""
    backups = [each for each in bundle.objects if each.group in _GROUPS]
    for each in bundle.of("StatefulSet"):
        claims = each.spec.maps("volumeClaimTemplates")
        noted = [each.metadata.map("annotations")]
        noted += [each.pod.metadata.map("annotations")] if each.pod else []
        if not claims or any(key.startswith(_ANNOTATIONS) for one in noted for key in one):
            continue
        if bundle.is_known(each) and not _is_held(bundle, each, backups):
            yield each.tell(
                "spec.volumeClaimTemplates",
                f"no backup among the manifests holds the volumes of {each.name}",
                each.spec.line_of("volumeClaimTemplates"),
            )


def _is_held(bundle: Bundle, subject: Object, backups: list[Object]) -> bool:
    """Whether one of these may be of an object's cluster, in whatever namespace."""
    for each in backups:
        bundle.spend()
        if together(each.source, subject.source):
            return True
    return False
