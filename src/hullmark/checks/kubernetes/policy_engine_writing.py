"""Roles that change policies of policy engines."""

from collections.abc import Iterator

from hullmark.checks.declare_config import object_check
from hullmark.checks.kube import Object
from hullmark.checks.rbac import DELETES, GUIDE, ROLES, WRITES, granted
from hullmark.checks.rbac_samples import role
from hullmark.model import Evidence, Severity

_POLICIES = {
    "kyverno.io": ("policies", "clusterpolicies", "policyexceptions"),
    "policies.kyverno.io": ("validatingpolicies", "mutatingpolicies", "policyexceptions"),
    "templates.gatekeeper.sh": ("constrainttemplates",),
    "config.gatekeeper.sh": ("configs",),
}


@object_check(
    *ROLES,
    id="policy-engine-writing",
    title="Role changes the policies of Kyverno or Gatekeeper",
    severity=Severity.MEDIUM,
    bad=(
        role("clusterpolicies", "delete", "kyverno.io"),
        role("constrainttemplates", "patch", "templates.gatekeeper.sh"),
        role("policyexceptions", "create", "kyverno.io", kind="Role"),
    ),
    good=(
        role("clusterpolicies", "get, list", "kyverno.io"),
        role("policyreports", "create", "wgpolicyk8s.io"),
    ),
    remediation=("Keep policies and their exceptions in the hands of who administers the cluster."),
    references=(
        GUIDE,
        "https://kyverno.io/docs/",
    ),
)
def policy_engine_writing(subject: Object) -> Iterator[Evidence]:
    """Who changes the policies, or writes an exception, admits what they forbid.

    Such may be privileged pods.
    """
    return granted(subject, _POLICIES, (*WRITES, *DELETES))
