"""Gateways that take routes of everybody."""

from collections.abc import Iterator

from hullmark.checks.declare_config import object_check
from hullmark.checks.kube import Object
from hullmark.checks.mending import put
from hullmark.model import Evidence, Severity
from hullmark.model.placed import Map

_BAD = """\
apiVersion: gateway.networking.k8s.io/v1
kind: Gateway
metadata: {name: front}
spec:
  gatewayClassName: cilium
  listeners:
  - name: web
    protocol: HTTPS
    port: 443
    allowedRoutes: {namespaces: {from: All}}
"""


@object_check(
    "Gateway",
    id="gateway-open-to-all-namespaces",
    title="Gateway takes routes of all namespaces",
    severity=Severity.MEDIUM,
    bad=(_BAD,),
    good=(_BAD.replace("All", "Same"), _BAD.replace("    allowedRoutes", "    other")),
    remediation="Set from to Same, or to Selector with the labels of the namespaces that may.",
    references=("https://gateway-api.sigs.k8s.io/guides/multiple-ns/",),
    mend=put(
        value="Same",
        says="take routes of its own namespace",
        breaks="drops routes of others",
        risky=True,
    ),
)
def gateway_open_to_all_namespaces(subject: Object) -> Iterator[Evidence]:
    """Who may make routes in any namespace can take over hosts and paths that others serve."""
    if subject.group != "gateway.networking.k8s.io":
        return
    for index, each in enumerate(subject.spec.items_of("listeners")):
        if not isinstance(each, Map):
            continue
        allowed = each.map("allowedRoutes").map("namespaces")
        if allowed.text("from") == "All":
            yield subject.tell(
                f"spec.listeners[{index}].allowedRoutes.namespaces.from",
                f"listener {each.text('name')!r} takes routes of all namespaces",
                allowed.line_of("from"),
            )
