"""Bindings that miss the role beside them."""

from collections.abc import Iterator

from hullmark.checks.declare_config import bundle_check
from hullmark.checks.kube import Bundle, Object
from hullmark.checks.kube_index import Index
from hullmark.checks.kube_joins import Named, Spaces
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
    bound: Index[Object] = Index(objects)
    for each in objects.of("RoleBinding"):
        bound.add(role_of(each), each, each)
    unused = Spaces(
        objects,
        (
            each
            for each in objects.of("Role")
            if not any(bound.find(("Role", each.metadata.text("name")), each))
        ),
    )
    roles = Named(objects, "Role")
    for each in objects.of("RoleBinding"):
        kind, name = role_of(each)
        if kind != "Role" or not name or not objects.is_known(each):
            continue
        if not any(roles.find(each, "Role", name)) and any(unused.sharing(each, evident=True)):
            says = f"there is no role {name!r}, and one of the same namespace that nothing binds"
            yield each.tell("roleRef.name", says, each.body.map("roleRef").line_of("name"))
