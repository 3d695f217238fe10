"""Pods of Linkerd that let in everybody unless told otherwise."""

from collections.abc import Iterator

from hullmark.checks.declare_config import POD, object_check
from hullmark.checks.kube import Object
from hullmark.checks.kube_mesh import mesh_metadata
from hullmark.model import Evidence, Severity

_BAD = """\
apiVersion: v1
kind: Namespace
metadata:
  name: shop
  annotations: {config.linkerd.io/default-inbound-policy: all-unauthenticated}
"""
_KEY = "config.linkerd.io/default-inbound-policy"
_OPEN = ("all-unauthenticated", "cluster-unauthenticated", "audit")


@object_check(
    "Namespace",
    POD,
    id="linkerd-inbound-policy-open",
    needs=("annotations",),
    title="Linkerd lets in clients without identity by default",
    severity=Severity.MEDIUM,
    bad=(_BAD, _BAD.replace("all-un", "cluster-un")),
    good=(_BAD.replace("all-unauthenticated", "deny"), _BAD.replace("all-un", "all-")),
    remediation="Set it to deny, or to cluster-authenticated.",
    references=("https://linkerd.io/2/reference/authorization-policy/",),
)
def linkerd_inbound_policy_open(subject: Object) -> Iterator[Evidence]:
    """Every port that no policy names is open to pods outside of the mesh."""
    metadata, at = mesh_metadata(subject)
    notes = metadata.map("annotations")
    if notes.text(_KEY) in _OPEN:
        yield subject.tell(
            f"{at}.annotations.{_KEY}",
            f"the default inbound policy is {notes.text(_KEY)}",
            notes.line_of(_KEY),
        )
