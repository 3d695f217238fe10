"""The dashboard of the cluster, reached from outside."""

from collections.abc import Iterator

from hullmark.checks.declare_config import object_check
from hullmark.checks.kube import Object
from hullmark.checks.kube_ingress import is_ingress
from hullmark.checks.kube_network import way_in
from hullmark.model import Evidence, Severity
from hullmark.model.placed import Map

_BAD = """\
apiVersion: v1
kind: Service
metadata: {name: board, namespace: kubernetes-dashboard}
spec:
  type: NodePort
  selector: {k8s-app: kubernetes-dashboard}
  ports:
  - {port: 443, targetPort: 8443}
"""
_INGRESS = """\
apiVersion: networking.k8s.io/v1
kind: Ingress
metadata: {name: board}
spec:
  rules:
  - host: board.example.com
    http:
      paths:
      - path: /
        pathType: Prefix
        backend:
          service: {name: kubernetes-dashboard, port: {number: 443}}
"""
_DASHBOARD = "kubernetes-dashboard"
_LABELS = ("k8s-app", "app.kubernetes.io/name", "app.kubernetes.io/part-of", "app")


@object_check(
    "Service",
    "Ingress",
    id="exposed-dashboard",
    title="Kubernetes dashboard is reached from outside of the cluster",
    severity=Severity.HIGH,
    bad=(_BAD, _INGRESS),
    good=(
        _BAD.replace("NodePort", "ClusterIP"),
        _INGRESS.replace("name: kubernetes-dash", "name: a"),
    ),
    remediation="Remove this way in, and reach the dashboard by kubectl proxy or port-forward.",
    references=("https://kubernetes.io/docs/tasks/access-application-cluster/web-ui-dashboard/",),
)
def exposed_dashboard(subject: Object) -> Iterator[Evidence]:
    """Dashboards on the internet were how clusters of well known companies were taken over.

    It acts with the power of its service account, or of any token that is stolen or guessed.
    """
    if is_ingress(subject):
        yield from _of_ingress(subject)
        return
    way = way_in(subject)
    selector = subject.spec.map("selector")
    named = subject.metadata.text("name").startswith(_DASHBOARD)
    if way and (named or any(selector.text(each) == _DASHBOARD for each in _LABELS)):
        key = "type" if "type" in subject.spec else "externalIPs"
        yield subject.tell(
            f"spec.{key}", f"the dashboard is reached by {way}", subject.spec.line_of(key)
        )


def _of_ingress(subject: Object) -> Iterator[Evidence]:
    for number, rule in enumerate(subject.spec.items_of("rules")):
        if not isinstance(rule, Map):
            continue
        for index, path in enumerate(rule.map("http").items_of("paths")):
            if not isinstance(path, Map):
                continue
            backend = path.map("backend")
            name = backend.map("service").text("name") or backend.text("serviceName")
            if name.startswith(_DASHBOARD):
                yield subject.tell(
                    f"spec.rules[{number}].http.paths[{index}].backend",
                    f"leads to the dashboard, service {name!r}",
                    path.line_of("backend"),
                )
