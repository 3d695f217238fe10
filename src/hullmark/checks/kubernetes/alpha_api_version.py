"""Objects of APIs that may be gone with the next release."""

from collections.abc import Iterator

from hullmark.checks.declare_config import object_check
from hullmark.checks.kube import Object
from hullmark.checks.kube_apis import KINDS_OF_ALPHAS, OWN_GROUPS, REMOVED, is_alpha
from hullmark.model import Evidence, Severity

_BAD = """\
apiVersion: resource.k8s.io/v1alpha3
kind: ResourceClaim
metadata: {name: gpu}
"""


@object_check(
    *KINDS_OF_ALPHAS,
    id="alpha-api-version",
    title="API version is an alpha of Kubernetes",
    severity=Severity.LOW,
    bad=(_BAD, _BAD.replace("resource.k8s.io/v1alpha3", "storage.k8s.io/v1alpha1")),
    good=(
        _BAD.replace("v1alpha3", "v1"),
        _BAD.replace("resource.k8s.io", "gateway.networking.k8s.io"),
    ),
    remediation="Use a stable version of the API, or a beta where there is none.",
    references=("https://kubernetes.io/docs/reference/using-api/#api-versioning",),
)
def alpha_api_version(subject: Object) -> Iterator[Evidence]:
    """Alphas are off by default and change without notice: the next upgrade may drop the object."""
    group, _, version = subject.api.rpartition("/")
    removed = REMOVED.get((subject.api, subject.kind))
    is_gone = removed is not None and removed.minor <= subject.version
    if group in OWN_GROUPS and is_alpha(version) and not is_gone:
        yield subject.tell(
            "apiVersion",
            f"{subject.kind} is of {subject.api}, an alpha",
            subject.body.line_of("apiVersion"),
        )
