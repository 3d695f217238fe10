"""Rights for service accounts that are not there."""

from collections.abc import Iterator

from hullmark.checks.declare_config import bundle_check
from hullmark.checks.kube import Bundle, Object
from hullmark.checks.kube_places import together
from hullmark.checks.rbac import GUIDE, SUBJECT, subjects_of
from hullmark.checks.rbac_samples import binding, bundle
from hullmark.model import Evidence, Severity
from hullmark.model.rule import Confidence

_ACCOUNT = """\
apiVersion: v1
kind: ServiceAccount
metadata: {name: shop, namespace: shop}
"""


@bundle_check(
    id="dangling-binding-subject",
    title="Binding gives rights to a service account that is not there",
    severity=Severity.LOW,
    confidence=Confidence.LIKELY,
    bad=(
        bundle(_ACCOUNT, binding("view", "ServiceAccount/shpo")),
        bundle(_ACCOUNT, binding("view", "ServiceAccount/shpo", kind="RoleBinding")),
    ),
    good=(
        bundle(_ACCOUNT, binding("view", "ServiceAccount/shop")),
        bundle(_ACCOUNT, binding("view", "ServiceAccount/default")),
        bundle(_ACCOUNT, binding("view", "ServiceAccount/web", namespace="web")),
        bundle(_ACCOUNT.replace(", namespace: shop", ""), binding("view", "ServiceAccount/web")),
        binding("view", "ServiceAccount/shpo"),
    ),
    remediation="Name the account as it is called, or remove it from the binding.",
    references=(GUIDE,),
)
def dangling_binding_subject(objects: Bundle) -> Iterator[Evidence]:
    """Whoever may create a service account of that name gets the rights that wait for it.

    Told where other service accounts of that namespace are declared and this one is nowhere.
    """
    spaces: dict[str, list[Object]] = {}
    names: dict[str, list[Object]] = {}
    for each in objects.of(SUBJECT):
        spaces.setdefault(each.namespace, []).append(each)
        names.setdefault(each.metadata.text("name"), []).append(each)
    for each in objects.of("RoleBinding", "ClusterRoleBinding"):
        for bound in subjects_of(each) if objects.is_known(each) else ():
            space = bound.body.text("namespace") or each.namespace
            beside = spaces.get(space, ()) if space else ()
            if bound.kind != SUBJECT or bound.name in ("", "default") or not beside:
                continue
            objects.spend(len(beside) + len(names.get(bound.name, ())))
            known = (one for one in names.get(bound.name, ()) if one.namespace in (space, ""))
            if any(together(one.source, each.source) for one in known):
                continue
            if any(together(one.source, each.source) for one in beside):
                says = f"namespace {space!r} has service accounts, and none called {bound.name!r}"
                yield each.tell(f"{bound.at}.name", says, bound.body.line_of("name"))
