"""Volumes that belong to the group of root."""

from collections.abc import Iterator

from hullmark.checks.declare_config import pod_check
from hullmark.checks.kube import Object, Pod
from hullmark.model import Evidence, Severity

_BAD = """\
apiVersion: v1
kind: Pod
metadata: {name: web}
spec:
  securityContext: {fsGroup: 0}
  containers: [{name: web, image: registry.example/web:1}]
"""


@pod_check(
    id="root-fs-group",
    needs=("fsGroup",),
    title="Volumes belong to the root group",
    severity=Severity.LOW,
    bad=(_BAD,),
    good=(_BAD.replace("fsGroup: 0", "fsGroup: 10001"), _BAD.replace("fsGroup: 0", "")),
    remediation="Set fsGroup to a group of the application's own.",
    references=("https://kubernetes.io/docs/tasks/configure-pod-container/security-context/",),
)
def root_fs_group(subject: Object, pod: Pod) -> Iterator[Evidence]:
    """Every process of the pod becomes a member of group 0, and may use what root's group may.

    In images many files, and in shared volumes all of them, belong to that group.
    """
    if pod.security.number("fsGroup") == 0:
        yield subject.tell(
            f"{pod.at}.securityContext.fsGroup",
            "volumes and processes get group 0",
            pod.security.line_of("fsGroup"),
        )
