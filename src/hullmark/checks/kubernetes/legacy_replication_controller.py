"""Controllers that know no rollout."""

from collections.abc import Iterator

from hullmark.checks.declare_config import object_check
from hullmark.checks.kube import Object
from hullmark.model import Evidence, Severity

_BAD = """\
apiVersion: v1
kind: ReplicationController
metadata: {name: web}
spec: {replicas: 3}
"""


@object_check(
    "ReplicationController",
    id="legacy-replication-controller",
    title="ReplicationController where a Deployment belongs",
    severity=Severity.LOW,
    bad=(_BAD,),
    good=(_BAD.replace("ReplicationController", "Deployment").replace(" v1", " apps/v1"),),
    remediation="Make it a Deployment.",
    references=(
        "https://kubernetes.io/docs/concepts/workloads/controllers/replicationcontroller/",
    ),
)
def legacy_replication_controller(subject: Object) -> Iterator[Evidence]:
    """Pods keep the old image when the manifest names a new one: fixes are not rolled out."""
    if not subject.group:
        yield subject.tell("kind", f"{subject.name} does no rollouts", subject.body.line_of("kind"))
