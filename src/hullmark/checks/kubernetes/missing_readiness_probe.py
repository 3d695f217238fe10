"""Containers that count as ready at once."""

from collections.abc import Iterator

from hullmark.checks.declare_config import pod_check
from hullmark.checks.kube import Object, Pod
from hullmark.checks.kube_probes import GUIDE, WITHOUT, lacking, with_probe
from hullmark.model import Evidence, Severity


@pod_check(
    id="missing-readiness-probe",
    title="Container has no readiness probe",
    severity=Severity.LOW,
    bad=(WITHOUT,),
    good=with_probe("readinessProbe"),
    remediation="Add a readinessProbe of what shows that the container can serve requests.",
    references=(GUIDE,),
    left="what shows that it works is for people to say",
)
def missing_readiness_probe(subject: Object, pod: Pod) -> Iterator[Evidence]:
    """Requests are sent to it before it can answer, and every update drops some of them."""
    return lacking(subject, pod, "readinessProbe")
