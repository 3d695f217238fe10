"""Routes of Istio that let every web site read their answers."""

from collections.abc import Iterator

from hullmark.checks.declare_config import object_check
from hullmark.checks.kube import Object
from hullmark.checks.kube_mesh import ISTIO_NETWORK
from hullmark.model import Evidence, Severity
from hullmark.model.placed import Map

_BAD = """\
apiVersion: networking.istio.io/v1
kind: VirtualService
metadata: {name: web}
spec:
  hosts: [www.example.com]
  http:
  - corsPolicy: {allowOrigins: [{regex: ".*"}], allowCredentials: true}
    route: [{destination: {host: web}}]
"""
_ANY = ("*", ".*", ".+", "^.*$", "https?://.*", "http.*")


@object_check(
    "VirtualService",
    id="mesh-cors-any-origin",
    title="Istio route lets any origin read",
    severity=Severity.MEDIUM,
    bad=(
        _BAD,
        _BAD.replace('{regex: ".*"}', '{exact: "*"}'),
        _BAD.replace('allowOrigins: [{regex: ".*"}]', 'allowOrigin: ["*"]'),
    ),
    good=(_BAD.replace('{regex: ".*"}', "{exact: https://app.example.com}"),),
    remediation="Name the origins in allowOrigins by exact.",
    references=("https://istio.io/latest/docs/reference/config/networking/virtual-service/",),
)
def mesh_cors_any_origin(subject: Object) -> Iterator[Evidence]:
    """Any web site that a user visits may ask the service from the user's network and read.

    With credentials allowed it does so in the user's name.
    """
    if subject.group != ISTIO_NETWORK:
        return
    for index, route in enumerate(subject.spec.items_of("http")):
        cors = route.map("corsPolicy") if isinstance(route, Map) else Map()
        for key in ("allowOrigins", "allowOrigin"):
            if _is_any(cors, key):
                also = " with credentials" if cors.flag("allowCredentials") else ""
                yield subject.tell(
                    f"spec.http[{index}].corsPolicy.{key}",
                    f"any origin may read answers{also}",
                    cors.line_of(key),
                )


def _is_any(cors: Map, key: str) -> bool:
    matches = cors.maps(key)
    return "*" in cors.texts(key) or any(
        each.text("exact") == "*" or each.text("regex") in _ANY or each.get("prefix") == ""
        for each in matches
    )
