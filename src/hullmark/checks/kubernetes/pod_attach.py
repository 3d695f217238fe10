"""Roles that attach to running containers."""

from collections.abc import Iterator

from hullmark.checks.declare_config import object_check
from hullmark.checks.kube import Object
from hullmark.checks.rbac import CORE, GUIDE, ROLES, granted
from hullmark.checks.rbac_samples import role
from hullmark.model import Evidence, Severity


@object_check(
    *ROLES,
    id="pod-attach",
    title="Role attaches to containers of pods",
    severity=Severity.HIGH,
    bad=(
        role("pods/attach", "create"),
        role("pods/attach", "get", kind="Role"),
    ),
    good=(
        role("pods/log", "get"),
        role("pods/attach", "create", names="web-0"),
    ),
    remediation="Remove pods/attach, and give it for a limited time to people who must debug.",
    references=(
        GUIDE,
        "https://kubernetes.io/docs/reference/kubectl/generated/kubectl_attach/",
    ),
)
def pod_attach(subject: Object) -> Iterator[Evidence]:
    """It reads what containers print and writes to their input.

    That is a shell where one is open; in older clusters get is enough, by a websocket.
    """
    return granted(subject, {CORE: ("pods/attach",)}, ("get", "create"))
