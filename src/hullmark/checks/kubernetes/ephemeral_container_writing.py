"""Roles that add containers to running pods."""

from collections.abc import Iterator

from hullmark.checks.declare_config import object_check
from hullmark.checks.kube import Object
from hullmark.checks.rbac import CORE, GUIDE, ROLES, granted
from hullmark.checks.rbac_samples import role
from hullmark.model import Evidence, Severity


@object_check(
    *ROLES,
    id="ephemeral-container-writing",
    title="Role adds ephemeral containers to pods",
    severity=Severity.HIGH,
    bad=(
        role("pods/ephemeralcontainers", "patch"),
        role("pods/ephemeralcontainers", "update", kind="Role"),
    ),
    good=(
        role("pods/ephemeralcontainers", "get"),
        role("pods/ephemeralcontainers", "patch", names="web-0"),
    ),
    remediation=(
        "Remove pods/ephemeralcontainers, and give it for a limited time to people who must debug."
    ),
    references=(
        GUIDE,
        "https://kubernetes.io/docs/concepts/workloads/pods/ephemeral-containers/",
    ),
)
def ephemeral_container_writing(subject: Object) -> Iterator[Evidence]:
    """A container that joins a running pod shares its network and sees its processes.

    It runs whatever image one likes beside the data, and may be privileged where pods may.
    """
    return granted(subject, {CORE: ("pods/ephemeralcontainers",)}, ("update", "patch"))
