"""Containers that are promised no CPU."""

from collections.abc import Iterator

from hullmark.checks.declare_config import pod_check
from hullmark.checks.kube import Object, Pod
from hullmark.checks.kube_limits import GUIDE, given, missing, without
from hullmark.checks.kube_quantities import CPU, REQUESTS
from hullmark.model import Evidence, Severity


@pod_check(
    id="missing-cpu-request",
    title="Container requests no CPU",
    severity=Severity.LOW,
    bad=without(REQUESTS, CPU),
    good=given(REQUESTS, CPU),
    remediation="Set resources.requests.cpu to what the container needs in its usual work.",
    references=(GUIDE,),
    left="how much is for people to say",
)
def missing_cpu_request(subject: Object, pod: Pod) -> Iterator[Evidence]:
    """The scheduler counts it as nothing and fills the node: under load it starves first."""
    return missing(subject, pod, REQUESTS, CPU)
