"""Rolling updates that may stop every pod at once."""

from collections.abc import Iterator

from hullmark.checks.declare_config import object_check
from hullmark.checks.kube import Object
from hullmark.checks.kube_quantities import WHOLE, pods_of
from hullmark.checks.kube_workloads import replicas
from hullmark.checks.mending import drop
from hullmark.model import Evidence, Severity

_BAD = """\
apiVersion: apps/v1
kind: Deployment
metadata: {name: web}
spec:
  replicas: 3
  strategy:
    rollingUpdate: {maxUnavailable: 100%}
"""
_SET = """\
apiVersion: apps/v1
kind: DaemonSet
metadata: {name: agent}
spec:
  updateStrategy:
    rollingUpdate: {maxUnavailable: 100%}
"""


@object_check(
    *("Deployment", "StatefulSet", "DaemonSet"),
    id="rolling-update-of-all",
    title="Rolling update may stop all pods at once",
    severity=Severity.LOW,
    bad=(_BAD, _BAD.replace("100%", "3"), _SET),
    good=(
        _BAD.replace("100%", "25%"),
        _BAD.replace("100%", "1"),
        _BAD.replace("s: 3", "s: 1"),
        _SET.replace("100%", "10%"),
    ),
    remediation="Set maxUnavailable to 1 or a small share of the pods.",
    references=(
        "https://kubernetes.io/docs/concepts/workloads/controllers/deployment/#max-unavailable",
    ),
    mend=drop(
        prune=1,
        says="leave it the usual share",
        breaks="has updates wait for new pods, which need room beside the old ones",
    ),
)
def rolling_update_of_all(subject: Object) -> Iterator[Evidence]:
    """A new version that does not start leaves no pod of the old one: an update is an outage."""
    strategy = "strategy" if subject.kind == "Deployment" else "updateStrategy"
    on_every_node = subject.kind == "DaemonSet"
    total = WHOLE if on_every_node else replicas(subject)
    rolling = subject.spec.map(strategy).map("rollingUpdate")
    most = pods_of(rolling, "maxUnavailable", total, up=False)
    if most is None or total <= 1 or most < total:
        return
    share = rolling.text("maxUnavailable")
    yield subject.tell(
        f"spec.{strategy}.rollingUpdate.maxUnavailable",
        f"an update of {subject.name} may stop {share} of its pods at once",
        rolling.line_of("maxUnavailable"),
    )
