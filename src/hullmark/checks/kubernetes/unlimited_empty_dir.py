"""Scratch volumes that may fill the node."""

from collections.abc import Iterator

from hullmark.checks.declare_config import pod_check
from hullmark.checks.kube import Object, Pod
from hullmark.model import Evidence, Severity

_BAD = """\
apiVersion: v1
kind: Pod
metadata: {name: web}
spec:
  containers: [{name: web, image: registry.example/web:1}]
  volumes:
  - name: cache
    emptyDir: {medium: Memory}
"""


@pod_check(
    id="unlimited-empty-dir",
    needs=("emptyDir",),
    title="emptyDir volume has no size limit",
    severity=Severity.LOW,
    bad=(_BAD, _BAD.replace("{medium: Memory}", "{}")),
    good=(
        _BAD.replace("medium: Memory", "sizeLimit: 64Mi"),
        _BAD.replace("emptyDir: {medium: Memory}", "configMap: {name: web}"),
    ),
    remediation="Set sizeLimit of the emptyDir volume.",
    references=("https://kubernetes.io/docs/concepts/storage/volumes/#emptydir",),
    left="how much is for people to say",
)
def unlimited_empty_dir(subject: Object, pod: Pod) -> Iterator[Evidence]:
    """Whoever fills it fills the disk or the memory of the node, and other pods are evicted."""
    for body, at in pod.volumes():
        if "emptyDir" in body and not body.map("emptyDir").text("sizeLimit"):
            yield subject.tell(
                f"{at}.emptyDir",
                f"volume {body.text('name')!r} has no sizeLimit",
                body.line_of("emptyDir"),
            )
