"""Workloads that network policies isolate the other way only."""

from collections.abc import Iterator

from hullmark.checks.declare_config import bundle_check
from hullmark.checks.kube import Bundle
from hullmark.checks.kube_policies import EGRESS, INGRESS, isolated_apart, one_way
from hullmark.model import Evidence, Severity
from hullmark.model.rule import Confidence

_BAD = isolated_apart(EGRESS, INGRESS)


@bundle_check(
    id="workload-without-ingress-policy",
    title="Network policies of a workload do not limit who reaches it",
    severity=Severity.LOW,
    confidence=Confidence.LIKELY,
    bad=(_BAD,),
    good=(
        _BAD.replace("policyTypes: [Egress]", "policyTypes: [Ingress, Egress]"),
        _BAD.replace("{app: db}}\n", "{}}\n"),
        _BAD.partition("---\n")[2],
    ),
    remediation="Add a policy of type Ingress that selects its pods and allows what is needed.",
    references=("https://kubernetes.io/docs/concepts/services-networking/network-policies/",),
)
def workload_without_ingress_policy(bundle: Bundle) -> Iterator[Evidence]:
    """What comes in is limited for other workloads of the namespace, and for this one is not."""
    yield from one_way(bundle, INGRESS)
