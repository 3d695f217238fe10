"""Bindings of strong roles in the cluster's own namespace."""

from collections.abc import Iterator

from hullmark.checks.declare_config import object_check
from hullmark.checks.kube import Object
from hullmark.checks.rbac import GUIDE, role_of, subjects_of
from hullmark.checks.rbac_samples import binding
from hullmark.model import Evidence, Severity


def _binding(name: str) -> str:
    text = binding(name, "ServiceAccount/shop", kind="RoleBinding")
    return text.replace("{name: shop, namespace: shop}", "{name: shop, namespace: kube-system}")


@object_check(
    "RoleBinding",
    id="kube-system-admin-binding",
    title="Strong role is given in kube-system",
    severity=Severity.HIGH,
    bad=(
        _binding("edit"),
        _binding("cluster-admin"),
    ),
    good=(
        _binding("view"),
        binding("edit", "User/jane", kind="RoleBinding"),
    ),
    remediation="Bind a role with the verbs and resources that are needed.",
    references=(GUIDE,),
)
def kube_system_admin_binding(subject: Object) -> Iterator[Evidence]:
    """The pods and secrets of kube-system hold the tokens of the cluster's own controllers.

    Who may change them owns the cluster.
    """
    kind, name = role_of(subject)
    strong = kind == "ClusterRole" and name in ("cluster-admin", "admin", "edit")
    if strong and subject.namespace == "kube-system":
        for each in subjects_of(subject):
            says = f"{each.kind} {each.name!r} is given {name} in kube-system"
            yield subject.tell(each.at, says, each.line)
