"""Containers that nobody restarts when they hang."""

from collections.abc import Iterator

from hullmark.checks.declare_config import pod_check
from hullmark.checks.kube import Object, Pod
from hullmark.checks.kube_probes import GUIDE, WITHOUT, lacking, with_probe
from hullmark.model import Evidence, Severity


@pod_check(
    id="missing-liveness-probe",
    title="Container has no liveness probe",
    severity=Severity.LOW,
    bad=(WITHOUT,),
    good=with_probe("livenessProbe"),
    remediation="Add a livenessProbe of what shows that the process itself still works.",
    references=(GUIDE,),
    left="what shows that it works is for people to say",
)
def missing_liveness_probe(subject: Object, pod: Pod) -> Iterator[Evidence]:
    """A process that hangs without ending is never restarted: the service stays away unnoticed."""
    return lacking(subject, pod, "livenessProbe")
