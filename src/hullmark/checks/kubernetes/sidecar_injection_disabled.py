"""Pods that stay outside of the mesh."""

from collections.abc import Iterator

from hullmark.checks.declare_config import POD, object_check
from hullmark.checks.kube import Object
from hullmark.checks.kube_admission import SYSTEM_NAMESPACES
from hullmark.checks.kube_mesh import mesh_metadata
from hullmark.model import Evidence, Severity

_BAD = """\
apiVersion: v1
kind: Pod
metadata: {name: web, labels: {sidecar.istio.io/inject: "false"}}
spec: {containers: [{name: web, image: registry.example/web:1}]}
"""
_SPACE = """\
apiVersion: v1
kind: Namespace
metadata: {name: shop, labels: {istio-injection: disabled}}
"""
_SETTINGS = (
    ("sidecar.istio.io/inject", "false"),
    ("istio-injection", "disabled"),
    ("istio.io/dataplane-mode", "none"),
    ("linkerd.io/inject", "disabled"),
    ("kuma.io/sidecar-injection", "disabled"),
    ("consul.hashicorp.com/connect-inject", "false"),
)


@object_check(
    "Namespace",
    POD,
    needs=tuple(key for key, _ in _SETTINGS),
    id="sidecar-injection-disabled",
    title="Pods are kept out of the service mesh",
    severity=Severity.LOW,
    bad=(
        _BAD,
        _SPACE,
        _BAD.replace('sidecar.istio.io/inject: "false"', "linkerd.io/inject: disabled"),
    ),
    good=(
        _BAD.replace("false", "true"),
        _SPACE.replace("disabled", "enabled"),
        _SPACE.replace("name: shop", "name: kube-system"),
    ),
    remediation="Remove the setting, so that the mesh authenticates and encrypts what they say.",
    references=(
        "https://istio.io/latest/docs/setup/additional-setup/sidecar-injection/",
        "https://linkerd.io/2/features/proxy-injection/",
    ),
)
def sidecar_injection_disabled(subject: Object) -> Iterator[Evidence]:
    """Without the proxy there is no mutual TLS and no policy of the mesh for these pods."""
    if subject.kind == "Namespace" and subject.metadata.text("name") in SYSTEM_NAMESPACES:
        return
    metadata, at = mesh_metadata(subject)
    for kind in ("labels", "annotations"):
        said = metadata.map(kind)
        for key, off in _SETTINGS:
            value = "false" if said.flag(key) is False else said.text(key).lower()
            if value == off:
                yield subject.tell(f"{at}.{kind}.{key}", f"{key} is {value!r}", said.line_of(key))
