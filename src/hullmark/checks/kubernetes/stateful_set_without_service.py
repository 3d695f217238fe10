"""Stateful sets whose pods have no names."""

from collections.abc import Iterator

from hullmark.checks.declare_config import object_check
from hullmark.checks.kube import Object
from hullmark.checks.kube_workloads import is_whole
from hullmark.model import Evidence, Severity

_BAD = """\
apiVersion: apps/v1
kind: StatefulSet
metadata: {name: db}
spec:
  template: {spec: {containers: [{name: db, image: "registry.example/db:16.4"}]}}
"""


@object_check(
    "StatefulSet",
    id="stateful-set-without-service",
    title="StatefulSet names no service",
    severity=Severity.LOW,
    bad=(_BAD, _BAD + "  serviceName: ''\n"),
    good=(_BAD + "  serviceName: db\n",),
    remediation="Add a headless service and name it in serviceName.",
    references=("https://kubernetes.io/docs/concepts/workloads/controllers/statefulset/",),
)
def stateful_set_without_service(subject: Object) -> Iterator[Evidence]:
    """Its pods get no DNS names of their own, by which members of a database find each other."""
    if is_whole(subject) and not subject.spec.text("serviceName"):
        yield subject.tell(
            "spec.serviceName",
            f"{subject.name} has no serviceName",
            subject.spec.line_of("serviceName"),
        )
