"""Secrets that stand in the variables of a container."""

from collections.abc import Iterator

from hullmark.checks.declare_config import pod_check
from hullmark.checks.kube import Object, Pod
from hullmark.checks.kube_secrets import what_it_holds
from hullmark.model import Evidence, Severity
from hullmark.model.finding import Kind
from hullmark.model.rule import Confidence

_BAD = """\
apiVersion: v1
kind: Pod
metadata: {name: web}
spec:
  containers:
  - name: web
    image: registry.example/web:1.4.2
    env:
    - {name: DB_PASSWORD, value: kV7nq2-xEtz}
"""


@pod_check(
    id="secret-in-pod-environment",
    needs=("env",),
    title="Secret in a variable of a manifest",
    severity=Severity.HIGH,
    kind=Kind.SECRET,
    confidence=Confidence.LIKELY,
    bad=(
        _BAD,
        _BAD.replace("DB_PASSWORD", "JAVA_OPTS").replace("kV7", "-Xmx1g -DkeyStorePassword=kV7"),
        _BAD.replace("DB_PASSWORD", "API_TOKEN").replace("kV7nq2-xEtz", "a94f0c1be27d4836b5c9"),
        _BAD.replace("DB_PASSWORD", "DB").replace("kV7nq2-xEtz", '"postgres://web:kV7nq2x@db/web"'),
    ),
    good=(
        _BAD.replace("value: kV7nq2-xEtz", "valueFrom: {secretKeyRef: {name: db, key: password}}"),
        _BAD.replace("kV7nq2-xEtz", "changeme"),
        _BAD.replace("kV7nq2-xEtz", "$(OTHER_PASSWORD)"),
        _BAD.replace("DB_PASSWORD", "DB_PASSWORD_FILE").replace("kV7nq2-xEtz", "/run/secrets/db"),
        _BAD.replace("DB_PASSWORD", "TLS_SECRET").replace("kV7nq2-xEtz", "web-tls"),
    ),
    remediation=(
        "Change the secret where it is checked, keep its successor in a Secret or a secret store, "
        "and mount it as a file."
    ),
    references=(
        "https://kubernetes.io/docs/concepts/configuration/secret/",
        "https://kubernetes.io/docs/concepts/security/secrets-good-practices/",
    ),
)
def secret_in_pod_environment(subject: Object, pod: Pod) -> Iterator[Evidence]:
    """Whoever reads the repository, or may get pods in the cluster, reads the value.

    It takes no right to read secrets, and stays in every earlier version of the file.
    """
    for each in pod.containers():
        for index, one in enumerate(each.body.maps("env")):
            name = one.text("name")
            holds = what_it_holds(name, one.text("value"))
            if holds:
                yield subject.tell(
                    f"{each.at}.env[{index}].value",
                    f"variable {name!r} of container {each.name!r} holds {holds}",
                    one.line_of("value"),
                )
