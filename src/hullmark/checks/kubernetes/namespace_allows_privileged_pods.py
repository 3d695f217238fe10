"""Namespaces that say that every pod is welcome."""

from collections.abc import Iterator

from hullmark.checks.declare_config import object_check
from hullmark.checks.kube import Object
from hullmark.checks.kube_admission import ENFORCE, SYSTEM_NAMESPACES
from hullmark.checks.mending import put
from hullmark.model import Evidence, Severity

_BAD = """\
apiVersion: v1
kind: Namespace
metadata:
  name: shop
  labels: {pod-security.kubernetes.io/enforce: privileged}
"""


@object_check(
    "Namespace",
    id="namespace-allows-privileged-pods",
    title="Namespace allows privileged pods",
    severity=Severity.MEDIUM,
    bad=(_BAD,),
    good=(
        _BAD.replace("privileged", "restricted"),
        _BAD.replace("name: shop", "name: kube-system"),
    ),
    remediation="Set it to baseline or restricted, and give pods that cannot their own namespace.",
    references=("https://kubernetes.io/docs/concepts/security/pod-security-admission/",),
    mend=put(
        value="baseline",
        says="enforce the baseline standard",
        breaks="rejects pods that break the standard",
        risky=True,
    ),
)
def namespace_allows_privileged_pods(subject: Object) -> Iterator[Evidence]:
    """Whoever may make pods here may make privileged ones, and by those take over nodes."""
    labels = subject.metadata.map("labels")
    name = subject.metadata.text("name")
    if subject.group or name in SYSTEM_NAMESPACES:
        return
    if labels.text(ENFORCE) == "privileged":
        yield subject.tell(
            f"metadata.labels.{ENFORCE}",
            f"namespace {name!r} enforces the standard 'privileged', which forbids nothing",
            labels.line_of(ENFORCE),
        )
