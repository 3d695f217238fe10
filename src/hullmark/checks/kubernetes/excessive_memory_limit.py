"""Limits of memory that limit nothing."""

from collections.abc import Iterator

from hullmark.checks.declare_config import pod_check
from hullmark.checks.kube import Object, Pod
from hullmark.checks.kube_quantities import GIBIBYTE, LIMITS, MEMORY, given, quantity
from hullmark.model import Evidence, Severity

MOST_GIBIBYTES = 256
"""Ours: few nodes have more, and few containers use more than a part of a node."""

_BAD = """\
apiVersion: v1
kind: Pod
metadata: {name: web}
spec:
  containers:
  - name: web
    image: registry.example/web:1.4.2
    resources:
      limits: {memory: 512Gi}
"""


@pod_check(
    id="excessive-memory-limit",
    needs=("limits",),
    title="Memory limit is above what most nodes have",
    severity=Severity.LOW,
    bad=(_BAD, _BAD.replace("512Gi", "2Ti")),
    good=(_BAD.replace("Gi", "Mi"), _BAD.replace("512", "64")),
    remediation="Set the limit a little above what the container needs at most.",
    references=("https://kubernetes.io/docs/concepts/configuration/manage-resources-containers/",),
    left="how much is for people to say",
)
def excessive_memory_limit(subject: Object, pod: Pod) -> Iterator[Evidence]:
    """A limit that is never reached stops no leak and no attack before the node has no memory."""
    for each in pod.containers():
        text = given(each, LIMITS, MEMORY)
        limit = quantity(text)
        if limit is not None and limit > MOST_GIBIBYTES * GIBIBYTE:
            yield subject.tell(
                f"{each.at}.resources.{LIMITS}.{MEMORY}",
                f"container {each.name!r} may use {text} of memory",
                each.body.map("resources").map(LIMITS).line_of(MEMORY),
            )
