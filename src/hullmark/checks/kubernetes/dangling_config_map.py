"""Pods that want configuration which is not there."""

from collections.abc import Iterator

from hullmark.checks.declare_config import bundle_check
from hullmark.checks.kube import Bundle
from hullmark.checks.kube_references import CONFIG_MAP, missing
from hullmark.model import Evidence, Severity
from hullmark.model.rule import Confidence

_BAD = """\
apiVersion: v1
kind: ConfigMap
metadata: {name: web}
data: {color: blue}
---
apiVersion: v1
kind: Pod
metadata: {name: web}
spec:
  containers:
  - name: web
    image: "registry.example/web:1.4.2"
    envFrom: [{configMapRef: {name: wbe}}]
"""


@bundle_check(
    id="dangling-config-map",
    title="Pod names a config map that is not there",
    severity=Severity.LOW,
    confidence=Confidence.POSSIBLE,
    bad=(_BAD,),
    good=(
        _BAD.replace("wbe", "web"),
        _BAD.partition("---\n")[2],
        _BAD.replace("name: wbe}", "name: wbe, optional: true}"),
    ),
    remediation="Name the config map as it is called, or declare it beside the workload.",
    references=("https://kubernetes.io/docs/concepts/configuration/configmap/",),
)
def dangling_config_map(bundle: Bundle) -> Iterator[Evidence]:
    """The pods do not start, and whoever may create it decides how they run."""
    yield from missing(bundle, CONFIG_MAP, "config map")
