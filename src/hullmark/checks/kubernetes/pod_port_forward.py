"""Roles that forward ports of pods."""

from collections.abc import Iterator

from hullmark.checks.declare_config import object_check
from hullmark.checks.kube import Object
from hullmark.checks.rbac import CORE, GUIDE, ROLES, granted
from hullmark.checks.rbac_samples import role
from hullmark.model import Evidence, Severity


@object_check(
    *ROLES,
    id="pod-port-forward",
    title="Role forwards ports of pods",
    severity=Severity.MEDIUM,
    bad=(
        role("pods/portforward", "create"),
        role("pods, pods/portforward", "get", kind="Role"),
    ),
    good=(
        role("pods", "get"),
        role("pods/portforward", "create", names="web-0"),
    ),
    remediation=(
        "Remove pods/portforward, and give it for a limited time to people who must debug."
    ),
    references=(
        GUIDE,
        "https://kubernetes.io/docs/tasks/access-application-cluster/port-forward-access-application-cluster/",
    ),
)
def pod_port_forward(subject: Object) -> Iterator[Evidence]:
    """It reaches every port of the pods, past network policies.

    So it does those that listen on localhost alone, often without a password.
    """
    return granted(subject, {CORE: ("pods/portforward",)}, ("get", "create"))
