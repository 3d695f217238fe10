"""Roles that run commands in pods."""

from collections.abc import Iterator

from hullmark.checks.declare_config import object_check
from hullmark.checks.kube import Object
from hullmark.checks.rbac import CORE, GUIDE, ROLES, granted
from hullmark.checks.rbac_samples import role
from hullmark.model import Evidence, Severity


@object_check(
    *ROLES,
    id="pod-exec",
    title="Role runs commands in pods",
    severity=Severity.HIGH,
    bad=(
        role("pods/exec", "create"),
        role("pods, pods/exec", "get"),
        role('"*/exec"', "create", kind="Role"),
    ),
    good=(
        role("pods", "get, create"),
        role("pods/exec", "create", names="web-0"),
        role("pods/log", "get"),
    ),
    remediation="Remove pods/exec, and give it for a limited time to people who must debug.",
    references=(
        GUIDE,
        "https://kubernetes.io/docs/tasks/debug/debug-application/get-shell-running-container/",
    ),
)
def pod_exec(subject: Object) -> Iterator[Evidence]:
    """Whoever has it runs anything in every container of the namespace.

    That is with its data, its network and the token of its service account; in older clusters get
    is enough, by a websocket.
    """
    return granted(subject, {CORE: ("pods/exec",)}, ("get", "create"))
