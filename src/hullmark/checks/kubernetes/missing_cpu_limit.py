"""Containers that may use all CPU of the node."""

from collections.abc import Iterator

from hullmark.checks.declare_config import pod_check
from hullmark.checks.kube import Object, Pod
from hullmark.checks.kube_limits import GUIDE, given, missing, without
from hullmark.checks.kube_quantities import CPU, LIMITS
from hullmark.model import Evidence, Severity


@pod_check(
    id="missing-cpu-limit",
    title="Container has no CPU limit",
    severity=Severity.LOW,
    bad=without(LIMITS, CPU),
    good=given(LIMITS, CPU),
    remediation=("Set resources.limits.cpu, or allow this where requests protect the neighbours."),
    references=(GUIDE,),
    left="how much is for people to say",
)
def missing_cpu_limit(subject: Object, pod: Pod) -> Iterator[Evidence]:
    """A loop, a flood of requests or a planted miner takes all idle CPU of the node."""
    return missing(subject, pod, LIMITS, CPU)
