"""Requests and limits that containers lack.

Reference: https://kubernetes.io/docs/concepts/configuration/manage-resources-containers/
"""

from collections.abc import Iterator

from hullmark.checks.kube import Object, Pod
from hullmark.checks.kube_quantities import CPU, LIMITS, MEMORY, lacking, line_of_lack
from hullmark.checks.pod_examples import a_pod
from hullmark.model import Evidence

GUIDE = "https://kubernetes.io/docs/concepts/configuration/manage-resources-containers/"

_VALUES = {CPU: "100m", MEMORY: "64Mi"}
_CALLED = {CPU: "CPU", MEMORY: "memory"}


def without(kind: str, resource: str) -> tuple[str, str]:
    """A pod that says nothing, and what makes one with other requests and limits."""
    other = MEMORY if resource == CPU else CPU
    said = f"{{{other}: {_VALUES[other]}}}"
    resources = f"resources: {{requests: {said}, limits: {said}}}"
    if kind == LIMITS:
        resources = f"resources: {{requests: {{{resource}: {_VALUES[resource]}}}, limits: {said}}}"
    made = a_pod(resources, kind="CronJob").replace("containers", "initContainers")
    return a_pod(), made


def given(kind: str, resource: str) -> tuple[str, str]:
    """Pods that have it, for the container or for all of them."""
    resources = f"resources: {{{kind}: {{{resource}: {_VALUES[resource]}}}}}"
    return a_pod(resources), a_pod(spec=resources)


def missing(subject: Object, pod: Pod, kind: str, resource: str) -> Iterator[Evidence]:
    """Containers that lack a request or limit."""
    for each in lacking(pod, kind, resource):
        yield subject.tell(
            f"{each.at}.resources.{kind}.{resource}",
            f"container {each.name!r} has no {_CALLED[resource]} {kind.removesuffix('s')}",
            line_of_lack(each, kind),
        )
