"""Amounts of memory that are below one byte."""

from collections.abc import Iterator

from hullmark.checks.declare_config import pod_check
from hullmark.checks.kube import Object, Pod
from hullmark.checks.kube_quantities import LIMITS, MEMORY, REQUESTS, given
from hullmark.model import Evidence, Severity

_BAD = """\
apiVersion: v1
kind: Pod
metadata: {name: web}
spec:
  containers:
  - name: web
    image: registry.example/web:1.4.2
    resources:
      requests: {cpu: 250m, memory: 256m}
      limits: {memory: 512m}
"""


@pod_check(
    id="memory-in-millibytes",
    needs=("memory",),
    title="Memory is given in thousandths of a byte",
    severity=Severity.LOW,
    bad=(_BAD,),
    good=(_BAD.replace("512m", "512Mi").replace("256m", "256M"),),
    remediation="Write Mi for mebibytes: 512Mi.",
    references=("https://kubernetes.io/docs/concepts/configuration/manage-resources-containers/",),
)
def memory_in_millibytes(subject: Object, pod: Pod) -> Iterator[Evidence]:
    """The suffix m means thousandths: the request asks for nothing, and no start fits the limit."""
    for each in pod.containers():
        for kind in (REQUESTS, LIMITS):
            text = given(each, kind, MEMORY)
            if text.endswith("m") and text[:-1].isdigit():
                yield subject.tell(
                    f"{each.at}.resources.{kind}.{MEMORY}",
                    f"container {each.name!r} has {text} of memory in its {kind}, which are "
                    "thousandths of bytes",
                    each.body.map("resources").map(kind).line_of(MEMORY),
                )
