"""Containers that are promised no memory."""

from collections.abc import Iterator

from hullmark.checks.declare_config import pod_check
from hullmark.checks.kube import Object, Pod
from hullmark.checks.kube_limits import GUIDE, given, missing, without
from hullmark.checks.kube_quantities import MEMORY, REQUESTS
from hullmark.model import Evidence, Severity


@pod_check(
    id="missing-memory-request",
    title="Container requests no memory",
    severity=Severity.LOW,
    bad=without(REQUESTS, MEMORY),
    good=given(REQUESTS, MEMORY),
    remediation="Set resources.requests.memory to what the container needs in its usual work.",
    references=(GUIDE,),
    left="how much is for people to say",
)
def missing_memory_request(subject: Object, pod: Pod) -> Iterator[Evidence]:
    """The scheduler puts it where there is no room, and when memory runs out it is killed first."""
    return missing(subject, pod, REQUESTS, MEMORY)
