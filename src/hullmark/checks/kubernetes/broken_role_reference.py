"""Bindings that miss the role beside them."""

from collections.abc import Iterator

from hullmark.checks.declare_config import bundle_check
from hullmark.checks.kube import Bundle
from hullmark.checks.rbac import MANUAL, role_of
from hullmark.checks.rbac_samples import binding, bundle, role
from hullmark.model import Evidence, Severity
from hullmark.model.rule import Confidence

_BINDING = binding("reader", "ServiceAccount/shop", kind="RoleBinding", of="Role")


def _role(name: str) -> str:
    text = role("pods", "get", kind="Role")
    return text.replace("{name: shop}", f"{{name: {name}, namespace: shop}}")


@bundle_check(
    id="broken-role-reference",
    title="Binding names a role that does not exist",
    severity=Severity.LOW,
    confidence=Confidence.LIKELY,
    bad=(bundle(_role("shop"), _BINDING),),
    good=(
        bundle(_role("reader"), _BINDING),
        _BINDING,
        bundle(_role("shop").replace("namespace: shop", "namespace: web"), _BINDING),
    ),
    remediation="Name the role that is meant.",
    references=(MANUAL,),
)
def broken_role_reference(objects: Bundle) -> Iterator[Evidence]:
    """The binding gives nothing, so what relies on it fails.

    Whoever may create a role of that name later decides what it gives.
    """
    roles = {(each.namespace, each.metadata.text("name")) for each in objects.of("Role")}
    bindings = [each for each in objects.of("RoleBinding") if role_of(each)[0] == "Role"]
    unused = roles - {(each.namespace, role_of(each)[1]) for each in bindings}
    suspect = {namespace for namespace, _ in unused}
    for each_binding in bindings:
        name = role_of(each_binding)[1]
        known = (each_binding.namespace, name) in roles
        if name and not known and each_binding.namespace in suspect:
            says = f"the file has no role {name!r}, and binds one of the same namespace not at all"
            line = each_binding.body.map("roleRef").line_of("name")
            yield each_binding.tell("roleRef.name", says, line)
