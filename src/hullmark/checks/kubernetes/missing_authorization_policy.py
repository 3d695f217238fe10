"""Namespaces of a mesh whose workloads answer everybody in it."""

from collections.abc import Iterator

from hullmark.checks.declare_config import bundle_check
from hullmark.checks.kube import Bundle, Object
from hullmark.checks.kube_mesh import ISTIO_SECURITY, ROOT
from hullmark.checks.kube_places import together
from hullmark.model import Evidence, Severity
from hullmark.model.rule import Confidence

_BAD = """\
apiVersion: v1
kind: Namespace
metadata: {name: shop, labels: {istio-injection: enabled}}
---
apiVersion: security.istio.io/v1
kind: PeerAuthentication
metadata: {name: default, namespace: istio-system}
spec: {mtls: {mode: STRICT}}
"""
_POLICY = """\
---
apiVersion: security.istio.io/v1
kind: AuthorizationPolicy
metadata: {name: deny, namespace: shop}
spec: {}
"""


@bundle_check(
    id="missing-authorization-policy",
    title="Namespace of the mesh has no authorization policy",
    severity=Severity.LOW,
    confidence=Confidence.LIKELY,
    bad=(_BAD, _BAD + _POLICY.replace("shop", "other")),
    good=(
        _BAD + _POLICY,
        _BAD + _POLICY.replace("shop", "istio-system"),
        _BAD.replace("enabled", "disabled"),
        _BAD.partition("---")[0],
    ),
    remediation="Add an AuthorizationPolicy that allows nothing, and one for each caller.",
    references=("https://istio.io/latest/docs/reference/config/security/authorization-policy/",),
)
def missing_authorization_policy(bundle: Bundle) -> Iterator[Evidence]:
    """Every workload of the mesh may call these: that it says who it is limits nobody.

    Told where the mesh's policies are among the manifests, for namespaces that are declared so.
    """
    of_mesh = [
        each
        for each in bundle.of("PeerAuthentication", "AuthorizationPolicy", "RequestAuthentication")
        if each.group == ISTIO_SECURITY
    ]
    policies = [each for each in of_mesh if each.kind == "AuthorizationPolicy"]
    roots = [each for each in policies if each.namespace == ROOT]
    spaces: dict[str, list[Object]] = {}
    for each in policies:
        spaces.setdefault(each.namespace, []).append(each)
    for each in bundle.of("Namespace") if of_mesh else ():
        if not _is_in_mesh(each) or not bundle.is_known(each):
            continue
        name = each.metadata.text("name")
        holding = [*roots, *spaces.get(name, ()), *spaces.get("", ())]
        bundle.spend(len(holding) + len(of_mesh))
        if any(together(one.source, each.source) for one in holding):
            continue
        if any(together(one.source, each.source) for one in of_mesh):
            says = f"there is no AuthorizationPolicy for namespace {name!r}"
            yield each.tell("metadata.labels", says, each.metadata.line_of("labels"))


def _is_in_mesh(namespace: Object) -> bool:
    """Whether pods of a namespace become part of the mesh."""
    labels = namespace.metadata.map("labels")
    is_ambient = labels.text("istio.io/dataplane-mode") == "ambient"
    is_injected = labels.text("istio-injection") == "enabled" or bool(labels.text("istio.io/rev"))
    return is_ambient or is_injected
