"""Roles that change which server serves an API."""

from collections.abc import Iterator

from hullmark.checks.declare_config import object_check
from hullmark.checks.kube import Object
from hullmark.checks.rbac import GUIDE, WRITES, granted
from hullmark.checks.rbac_samples import role
from hullmark.model import Evidence, Severity


@object_check(
    "ClusterRole",
    id="api-service-writing",
    title="Role changes which server answers for an API group",
    severity=Severity.HIGH,
    bad=(
        role("apiservices", "create", "apiregistration.k8s.io"),
        role("apiservices", '"*"', "apiregistration.k8s.io"),
    ),
    good=(
        role("apiservices", "get", "apiregistration.k8s.io"),
        role("apiservices", "patch", "apiregistration.k8s.io", names="v1.shop.example.com"),
    ),
    remediation="Name by resourceNames the API services that it keeps.",
    references=(
        GUIDE,
        "https://kubernetes.io/docs/concepts/extend-kubernetes/api-extension/apiserver-aggregation/",
    ),
)
def api_service_writing(subject: Object) -> Iterator[Evidence]:
    """The API server forwards all requests for a group to the service that an APIService names.

    Who writes one reads and answers them in its place.
    """
    return granted(subject, {"apiregistration.k8s.io": ("apiservices",)}, WRITES)
