"""Containers that may use all memory of the node."""

from collections.abc import Iterator

from hullmark.checks.declare_config import pod_check
from hullmark.checks.kube import Object, Pod
from hullmark.checks.kube_limits import GUIDE, given, missing, without
from hullmark.checks.kube_quantities import LIMITS, MEMORY
from hullmark.model import Evidence, Severity


@pod_check(
    id="missing-memory-limit",
    title="Container has no memory limit",
    severity=Severity.MEDIUM,
    bad=without(LIMITS, MEMORY),
    good=given(LIMITS, MEMORY),
    remediation="Set resources.limits.memory a little above what the container needs at most.",
    references=(GUIDE,),
    left="how much is for people to say",
)
def missing_memory_limit(subject: Object, pod: Pod) -> Iterator[Evidence]:
    """A leak, or an attacker who makes it allocate, takes the node's memory from other pods."""
    return missing(subject, pod, LIMITS, MEMORY)
