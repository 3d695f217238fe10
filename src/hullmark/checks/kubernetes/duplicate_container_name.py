"""Containers of one pod by the same name."""

from collections.abc import Iterator

from hullmark.checks.declare_config import pod_check
from hullmark.checks.kube import Object, Pod
from hullmark.model import Evidence, Severity

_BAD = """\
apiVersion: v1
kind: Pod
metadata: {name: web}
spec:
  initContainers:
  - {name: web, image: "registry.example/init:1.0.0"}
  containers:
  - {name: web, image: "registry.example/web:1.4.2"}
"""


@pod_check(
    id="duplicate-container-name",
    title="Two containers of a pod have the same name",
    severity=Severity.LOW,
    bad=(_BAD,),
    good=(_BAD.replace('name: web, image: "registry.example/init', 'name: init, image: "a'),),
    remediation="Give every container of the pod a name of its own.",
    references=("https://kubernetes.io/docs/concepts/workloads/pods/",),
)
def duplicate_container_name(subject: Object, pod: Pod) -> Iterator[Evidence]:
    """The cluster rejects the pod, or a tool that merges by name drops one of them unseen."""
    seen = set[str]()
    for each in pod.containers():
        if each.name and each.name in seen:
            yield subject.tell(
                f"{each.at}.name",
                f"another container is called {each.name!r} too",
                each.body.line_of("name"),
            )
        seen.add(each.name)
