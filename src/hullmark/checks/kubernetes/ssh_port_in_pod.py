"""Containers that serve SSH."""

from collections.abc import Iterator

from hullmark.checks.declare_config import pod_check
from hullmark.checks.kube import Object, Pod
from hullmark.model import Evidence, Severity
from hullmark.model.placed import Map

_BAD = """\
apiVersion: v1
kind: Pod
metadata: {name: web}
spec:
  containers:
  - name: web
    image: registry.example/web:1.4.2
    ports:
    - {containerPort: 8080}
    - {containerPort: 22}
"""


@pod_check(
    id="ssh-port-in-pod",
    needs=("containerPort",),
    title="Container declares the port of SSH",
    severity=Severity.MEDIUM,
    bad=(_BAD,),
    good=(_BAD.replace("22}", "2200}"), _BAD.replace("22}", "22, protocol: UDP}")),
    remediation="Remove the SSH server, and use kubectl exec or debug where a shell is needed.",
    references=(
        "https://kubernetes.io/docs/tasks/debug/debug-application/get-shell-running-container/",
    ),
)
def ssh_port_in_pod(subject: Object, pod: Pod) -> Iterator[Evidence]:
    """An SSH server in a container is a login past the cluster's accounts, rights and logs."""
    for each in pod.containers():
        for index, port in enumerate(each.body.items_of("ports")):
            if not isinstance(port, Map) or port.text("protocol") not in ("", "TCP"):
                continue
            if port.number("containerPort") == 22:  # noqa: PLR2004 - SSH's
                yield subject.tell(
                    f"{each.at}.ports[{index}].containerPort",
                    f"container {each.name!r} serves SSH at port 22",
                    port.line_of("containerPort"),
                )
