"""Containers with all that the node's root may do."""

from collections.abc import Iterator

from hullmark.checks.declare_config import pod_check
from hullmark.checks.kube import Object, Pod
from hullmark.checks.mending import put
from hullmark.model import Evidence, Severity

_BAD = """\
apiVersion: v1
kind: Pod
metadata: {name: web}
spec:
  containers:
  - name: web
    image: registry.example/web:1.4.2
    securityContext: {privileged: true}
"""
_LIST = """\
apiVersion: v1
kind: List
items:
- apiVersion: batch/v1
  kind: CronJob
  metadata: {name: tidy}
  spec:
    jobTemplate:
      spec:
        template:
          spec:
            initContainers:
            - {name: init, image: a, securityContext: {privileged: yes}}
"""


@pod_check(
    id="privileged-container",
    needs=("privileged",),
    title="Container is privileged",
    severity=Severity.CRITICAL,
    bad=(_BAD, _LIST),
    good=(_BAD.replace("true", "false"), _BAD.replace("{privileged: true}", "{}")),
    remediation="Remove privileged, and add the capabilities that are needed one by one.",
    references=("https://kubernetes.io/docs/concepts/security/pod-security-standards/",),
    mend=put(
        value=False,
        says="set privileged to false",
        breaks="takes devices and capabilities away that the program may need",
        risky=True,
    ),
)
def privileged_container(subject: Object, pod: Pod) -> Iterator[Evidence]:
    """It has every capability and every device: whoever breaks into it is root of the node."""
    for each in pod.containers():
        if each.security.flag("privileged"):
            yield subject.tell(
                f"{each.at}.securityContext.privileged",
                f"container {each.name!r} is privileged",
                each.security.line_of("privileged"),
            )
