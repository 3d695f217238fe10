"""Bindings of the control plane's own roles."""

from collections.abc import Iterator

from hullmark.checks.declare_config import object_check
from hullmark.checks.kube import Object
from hullmark.checks.rbac import role_of, subjects_of
from hullmark.checks.rbac_samples import binding
from hullmark.model import Evidence, Severity

_ROLES = (
    "system:kube-controller-manager",
    "system:kube-scheduler",
    "system:node",
    "system:kubelet-api-admin",
    "system:certificates.k8s.io:kube-apiserver-client-approver",
)


@object_check(
    "ClusterRoleBinding",
    id="control-plane-role-binding",
    title="Role of the control plane is given to a workload",
    severity=Severity.HIGH,
    bad=(
        binding("system:kube-controller-manager", "ServiceAccount/shop"),
        binding("system:controller:clusterrole-aggregation-controller", "Group/developers"),
        binding("system:node", "ServiceAccount/shop"),
    ),
    good=(
        binding("system:node", "Group/system:nodes"),
        binding("system:kube-scheduler", "ServiceAccount/second", namespace="kube-system"),
        binding("system:auth-delegator", "ServiceAccount/shop"),
    ),
    remediation="Bind a role with the verbs and resources that are needed.",
    references=(
        "https://kubernetes.io/docs/reference/access-authn-authz/rbac/#core-component-roles",
    ),
)
def control_plane_role_binding(subject: Object) -> Iterator[Evidence]:
    """The roles of controllers, scheduler and nodes read secrets, create pods and issue tokens.

    Whoever breaks into the workload has them in the whole cluster.
    """
    _, role = role_of(subject)
    if role in _ROLES or role.startswith("system:controller:"):
        for each in subjects_of(subject):
            own = each.body.text("namespace") == "kube-system" or each.name.startswith("system:")
            if not own:
                says = f"{each.kind} {each.name!r} is given the role {role!r}"
                yield subject.tell(each.at, says, each.line)
