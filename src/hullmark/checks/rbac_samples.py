"""Examples of roles and bindings, as manifests have them."""


def role(
    resources: str, verbs: str, group: str = "", *, names: str = "", kind: str = "ClusterRole"
) -> str:
    """A role of one rule; several words of a list are apart by commas."""
    limit = f"  resourceNames: [{names}]\n" if names else ""
    return f"""\
apiVersion: rbac.authorization.k8s.io/v1
kind: {kind}
metadata: {{name: shop}}
rules:
- apiGroups: ["{group}"]
  resources: [{resources}]
{limit}  verbs: [{verbs}]
"""


def binding(
    name: str,
    subject: str,
    *,
    kind: str = "ClusterRoleBinding",
    of: str = "ClusterRole",
    namespace: str = "shop",
) -> str:
    """A binding of a role to one subject, written as ``Group/developers``."""
    of_subject, _, called = subject.partition("/")
    account = of_subject == "ServiceAccount"
    belongs = f"namespace: {namespace}" if account else "apiGroup: rbac.authorization.k8s.io"
    where = "" if kind == "ClusterRoleBinding" else ", namespace: shop"
    return f"""\
apiVersion: rbac.authorization.k8s.io/v1
kind: {kind}
metadata: {{name: shop{where}}}
roleRef: {{apiGroup: rbac.authorization.k8s.io, kind: {of}, name: "{name}"}}
subjects:
- kind: {of_subject}
  name: "{called}"
  {belongs}
"""


def deployment(account: str) -> str:
    """A deployment whose pods run as this service account."""
    return f"""\
apiVersion: apps/v1
kind: Deployment
metadata: {{name: web, namespace: shop}}
spec:
  template:
    spec:
      serviceAccountName: {account}
      containers: [{{name: web, image: registry.example/web:1.4.2}}]
"""


def bundle(*objects: str) -> str:
    """One file of several objects."""
    return "---\n".join(objects)
