"""Namespaces that refuse no pod."""

from collections.abc import Iterator

from hullmark.checks.declare_config import object_check
from hullmark.checks.kube import Object
from hullmark.checks.kube_admission import ENFORCE, SYSTEM_NAMESPACES
from hullmark.checks.mending import put
from hullmark.model import Evidence, Severity
from hullmark.model.rule import Confidence

_BAD = """\
apiVersion: v1
kind: Namespace
metadata:
  name: shop
  labels: {team: shop}
"""


@object_check(
    "Namespace",
    id="namespace-without-pod-security",
    title="Namespace enforces no pod security standard",
    severity=Severity.MEDIUM,
    confidence=Confidence.LIKELY,
    bad=(_BAD, _BAD.replace("team: shop", "pod-security.kubernetes.io/warn: restricted")),
    good=(
        _BAD.replace("team: shop", "pod-security.kubernetes.io/enforce: baseline"),
        _BAD.replace("name: shop", "name: kube-system"),
    ),
    remediation="Set the label pod-security.kubernetes.io/enforce to restricted, or to baseline.",
    references=("https://kubernetes.io/docs/concepts/security/pod-security-admission/",),
    mend=put(
        value="baseline",
        says="enforce the baseline standard",
        breaks="rejects pods that break the standard",
        risky=True,
    ),
)
def namespace_without_pod_security(subject: Object) -> Iterator[Evidence]:
    """Whoever may make pods here may make privileged ones, and by those take over nodes."""
    labels = subject.metadata.map("labels")
    name = subject.metadata.text("name")
    if not subject.group and name not in SYSTEM_NAMESPACES and ENFORCE not in labels:
        yield subject.tell(
            f"metadata.labels.{ENFORCE}",
            f"namespace {name!r} enforces no pod security standard",
            subject.metadata.line_of("labels") or subject.body.line,
        )
