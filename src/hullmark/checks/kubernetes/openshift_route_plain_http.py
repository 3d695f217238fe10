"""Routes of OpenShift in the clear."""

from collections.abc import Iterator

from hullmark.checks.declare_config import object_check
from hullmark.checks.kube import Object
from hullmark.checks.kube_mends import redirected_route
from hullmark.checks.mending import by
from hullmark.model import Evidence, Severity

_BAD = """\
apiVersion: route.openshift.io/v1
kind: Route
metadata: {name: web}
spec:
  host: www.example.com
  to: {kind: Service, name: web}
"""
_ALLOWED = "  tls: {termination: edge, insecureEdgeTerminationPolicy: Allow}\n"


@object_check(
    "Route",
    id="openshift-route-plain-http",
    title="OpenShift route serves without TLS",
    severity=Severity.MEDIUM,
    bad=(_BAD, _BAD + _ALLOWED),
    good=(
        _BAD + _ALLOWED.replace("Allow", "Redirect"),
        _BAD + "  tls: {termination: passthrough}\n",
    ),
    remediation="Add tls with a termination, and set insecureEdgeTerminationPolicy to Redirect.",
    references=(
        "https://docs.openshift.com/container-platform/4.14/networking/routes/secured-routes.html",
    ),
    mend=by(
        redirected_route,
        says="redirect to HTTPS",
        breaks="turns away clients that follow no redirect",
    ),
)
def openshift_route_plain_http(subject: Object) -> Iterator[Evidence]:
    """Whoever sits on the way reads and changes what clients and the service say."""
    spec = subject.spec
    if subject.group != "route.openshift.io" or not spec:
        return
    tls = spec.map("tls")
    if not tls.text("termination"):
        yield subject.tell("spec.tls", "has no TLS termination", spec.line_of("tls"))
    elif tls.text("insecureEdgeTerminationPolicy") == "Allow":
        yield subject.tell(
            "spec.tls.insecureEdgeTerminationPolicy",
            "serves HTTP beside HTTPS",
            tls.line_of("insecureEdgeTerminationPolicy"),
        )
