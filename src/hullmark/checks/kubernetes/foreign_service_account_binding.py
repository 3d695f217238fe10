"""Bindings of service accounts of other namespaces."""

from collections.abc import Iterator

from hullmark.checks.declare_config import object_check
from hullmark.checks.kube import Object
from hullmark.checks.rbac import GUIDE, subjects_of
from hullmark.checks.rbac_samples import binding
from hullmark.model import Evidence, Severity


@object_check(
    "RoleBinding",
    id="foreign-service-account-binding",
    title="Rights are given to a service account of another namespace",
    severity=Severity.LOW,
    bad=(binding("edit", "ServiceAccount/ci", kind="RoleBinding", namespace="build"),),
    good=(
        binding("edit", "ServiceAccount/ci", kind="RoleBinding"),
        binding("edit", "ServiceAccount/ci", namespace="build"),
    ),
    remediation=(
        "Bind a service account of the same namespace, or guard the other one as well as this."
    ),
    references=(GUIDE,),
)
def foreign_service_account_binding(subject: Object) -> Iterator[Evidence]:
    """Whoever may start pods over there has the rights in this namespace, too.

    Its owner hardly sees who that is.
    """
    own = subject.namespace
    for each in subjects_of(subject):
        other = each.body.text("namespace")
        if each.kind == "ServiceAccount" and own and other not in ("", own):
            says = f"service account {each.name!r} of namespace {other!r} has rights in {own!r}"
            yield subject.tell(each.at, says, each.line)
