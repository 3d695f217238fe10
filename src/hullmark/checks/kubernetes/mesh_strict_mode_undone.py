"""Namespaces that leave the strict mode of their mesh."""

from collections.abc import Iterator

from hullmark.checks.declare_config import bundle_check
from hullmark.checks.kube import Bundle, Object
from hullmark.checks.kube_mesh import ISTIO_SECURITY, ROOT, mutual_tls
from hullmark.checks.kube_places import together
from hullmark.model import Evidence, Severity
from hullmark.model.rule import Confidence

_STRICT = """\
apiVersion: security.istio.io/v1
kind: PeerAuthentication
metadata: {name: default, namespace: istio-system}
spec: {mtls: {mode: STRICT}}
"""
_BAD = (
    _STRICT
    + """\
---
apiVersion: security.istio.io/v1
kind: PeerAuthentication
metadata: {name: default, namespace: shop}
spec: {mtls: {mode: PERMISSIVE}}
"""
)


@bundle_check(
    id="mesh-strict-mode-undone",
    title="Namespace accepts plain text where its mesh does not",
    severity=Severity.MEDIUM,
    confidence=Confidence.LIKELY,
    bad=(_BAD, _BAD.replace("PERMISSIVE", "DISABLE")),
    good=(
        _BAD.replace("PERMISSIVE", "STRICT"),
        _BAD.replace("PERMISSIVE", "UNSET"),
        _BAD.partition("---\n")[2],
        _BAD.replace("STRICT", "PERMISSIVE"),
        _BAD.replace(
            "spec: {mtls: {mode: S", "spec: {selector: {matchLabels: {a: b}}, mtls: {mode: S"
        ),
    ),
    remediation="Remove the exception once its clients are in the mesh.",
    references=("https://istio.io/latest/docs/reference/config/security/peer_authentication/",),
)
def mesh_strict_mode_undone(bundle: Bundle) -> Iterator[Evidence]:
    """The mesh is thought to encrypt and to know every caller, and here it does neither."""
    found = [each for each in bundle.of("PeerAuthentication") if each.group == ISTIO_SECURITY]
    strict = [each for each in found if _is_of_mesh(each)]
    for each in found if strict else ():
        bundle.spend(len(strict))
        if each.namespace == ROOT or not each.namespace:
            continue
        over = next((one for one in strict if together(one.source, each.source)), None)
        for holder, at, what in mutual_tls(each) if over else ():
            if over and holder.text("mode") in ("PERMISSIVE", "DISABLE"):
                says = f"{what} take plain text, while {over.name} of {ROOT} is strict for the mesh"
                yield each.tell(at, says, holder.line_of("mode"))


def _is_of_mesh(policy: Object) -> bool:
    """Whether a policy makes the whole mesh strict."""
    spec = policy.spec
    is_strict = spec.map("mtls").text("mode") == "STRICT"
    return policy.namespace == ROOT and is_strict and not spec.map("selector")
