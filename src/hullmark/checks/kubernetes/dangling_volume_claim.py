"""Pods that want a volume which nothing claims."""

from collections.abc import Iterator

from hullmark.checks.declare_config import bundle_check
from hullmark.checks.kube import Bundle
from hullmark.checks.kube_references import CLAIM, missing
from hullmark.model import Evidence, Severity
from hullmark.model.rule import Confidence

_BAD = """\
apiVersion: v1
kind: PersistentVolumeClaim
metadata: {name: web}
spec: {resources: {requests: {storage: 1Gi}}}
---
apiVersion: v1
kind: Pod
metadata: {name: web}
spec:
  containers: [{name: web, image: "registry.example/web:1.4.2"}]
  volumes:
  - name: data
    persistentVolumeClaim: {claimName: wbe}
"""


@bundle_check(
    id="dangling-volume-claim",
    title="Pod names a volume claim that is not there",
    severity=Severity.LOW,
    confidence=Confidence.POSSIBLE,
    bad=(_BAD,),
    good=(
        _BAD.replace("wbe", "web"),
        _BAD.partition("---\n")[2],
        _BAD.replace("kind: Persist", "kind: Other"),
    ),
    remediation="Name the claim as it is called, or declare it beside the workload.",
    references=("https://kubernetes.io/docs/concepts/storage/persistent-volumes/",),
)
def dangling_volume_claim(bundle: Bundle) -> Iterator[Evidence]:
    """The pods do not start, and whoever may create the claim decides what they read."""
    yield from missing(bundle, CLAIM, "volume claim")
