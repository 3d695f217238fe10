"""Objects of APIs that clusters of today do not serve."""

from collections.abc import Iterator

from hullmark.checks.declare_config import object_check
from hullmark.checks.kube import Object
from hullmark.checks.kube_apis import REMOVED
from hullmark.checks.kube_mends import newer_api
from hullmark.checks.mending import by
from hullmark.model import Evidence, Severity

_BAD = """\
apiVersion: extensions/v1beta1
kind: Ingress
metadata: {name: web}
"""
_CRON = """\
apiVersion: batch/v1beta1
kind: CronJob
metadata: {name: tidy}
spec: {schedule: "0 3 * * *"}
"""
_POLICY = """\
apiVersion: policy/v1beta1
kind: PodSecurityPolicy
metadata: {name: restricted}
"""


@object_check(
    *sorted({kind for _, kind in REMOVED}),
    id="removed-api-version",
    title="API version is no longer served",
    severity=Severity.MEDIUM,
    bad=(_BAD, _POLICY, _CRON),
    good=(
        _BAD.replace("extensions/v1beta1", "networking.k8s.io/v1"),
        _BAD.replace("extensions/v1beta1", "networking.internal/v1beta1"),
    ),
    remediation=(
        "Write the object for the API version that replaces this one, and compare the fields: "
        "some have other names or defaults. Pod Security Admission replaces PodSecurityPolicy."
    ),
    references=("https://kubernetes.io/docs/reference/using-api/deprecation-guide/",),
    mend=by(newer_api, says="name the version that replaced it"),
)
def removed_api_version(subject: Object) -> Iterator[Evidence]:
    """Clusters from that release on reject the object: what it was to protect or run is missing."""
    found = REMOVED.get((subject.api, subject.kind))
    if found and found.minor <= subject.version:
        instead = f"; {found.instead} replaces it" if found.instead else ", and nothing replaces it"
        yield subject.tell(
            "apiVersion",
            f"{subject.kind} of {subject.api} is not served since Kubernetes {found.release}"
            f"{instead}",
            subject.body.line_of("apiVersion"),
        )
