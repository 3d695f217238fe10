"""Workloads that network policies isolate the other way only."""

from collections.abc import Iterator

from hullmark.checks.declare_config import bundle_check
from hullmark.checks.kube import Bundle
from hullmark.checks.kube_policies import EGRESS, INGRESS, isolated_apart, one_way
from hullmark.model import Evidence, Severity
from hullmark.model.rule import Confidence

_BAD = isolated_apart(INGRESS, EGRESS)


@bundle_check(
    id="workload-without-egress-policy",
    title="Network policies of a workload do not limit whom it reaches",
    severity=Severity.LOW,
    confidence=Confidence.LIKELY,
    bad=(_BAD,),
    good=(
        _BAD.replace("policyTypes: [Ingress]", "policyTypes: [Ingress, Egress]"),
        _BAD.replace("{app: db}}\n", "{}}\n"),
        _BAD.partition("---\n")[2],
    ),
    remediation="Add a policy of type Egress that selects its pods and allows what is needed.",
    references=("https://kubernetes.io/docs/concepts/services-networking/network-policies/",),
)
def workload_without_egress_policy(bundle: Bundle) -> Iterator[Evidence]:
    """What goes out is limited for other workloads of the namespace, and for this one is not."""
    yield from one_way(bundle, EGRESS)
