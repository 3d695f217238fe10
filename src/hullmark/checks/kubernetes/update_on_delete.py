"""Workloads whose pods stay as they are when an update comes."""

from collections.abc import Iterator

from hullmark.checks.declare_config import object_check
from hullmark.checks.kube import Object
from hullmark.checks.mending import put
from hullmark.model import Evidence, Severity

_BAD = """\
apiVersion: apps/v1
kind: DaemonSet
metadata: {name: agent}
spec:
  updateStrategy: {type: OnDelete}
"""


@object_check(
    *("StatefulSet", "DaemonSet"),
    id="update-on-delete",
    title="Updates reach pods only when someone deletes them",
    severity=Severity.LOW,
    bad=(_BAD, _BAD.replace("DaemonSet", "StatefulSet")),
    good=(_BAD.replace("OnDelete", "RollingUpdate"),),
    remediation="Use the update strategy RollingUpdate.",
    references=("https://kubernetes.io/docs/tasks/manage-daemon/update-daemon-set/",),
    mend=put(
        value="RollingUpdate",
        says="replace pods when the template changes",
        breaks="restarts pods by itself",
        risky=True,
    ),
)
def update_on_delete(subject: Object) -> Iterator[Evidence]:
    """Pods keep the old image with its known holes, though the manifest names the mended one."""
    strategy = subject.spec.map("updateStrategy")
    if strategy.text("type") == "OnDelete":
        yield subject.tell(
            "spec.updateStrategy.type",
            f"{subject.name} has the update strategy OnDelete",
            strategy.line_of("type"),
        )
