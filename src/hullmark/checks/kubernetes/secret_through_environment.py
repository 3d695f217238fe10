"""Secrets that reach a container as variables."""

from collections.abc import Iterator

from hullmark.checks.declare_config import pod_check
from hullmark.checks.kube import Object, Pod
from hullmark.model import Evidence, Severity

_BAD = """\
apiVersion: v1
kind: Pod
metadata: {name: web}
spec:
  containers:
  - name: web
    image: registry.example/web:1.4.2
    env:
    - name: DB_PASSWORD
      valueFrom: {secretKeyRef: {name: db, key: password}}
"""
_ALL = """\
apiVersion: v1
kind: Pod
metadata: {name: web}
spec:
  containers:
  - name: web
    image: registry.example/web:1.4.2
    envFrom: [{secretRef: {name: db}}]
"""


@pod_check(
    id="secret-through-environment",
    needs=("secretKeyRef", "secretRef"),
    title="Secret is handed over as an environment variable",
    severity=Severity.LOW,
    bad=(_BAD, _ALL),
    good=(
        _BAD.replace("secretKeyRef", "configMapKeyRef"),
        _ALL.replace("secretRef", "configMapRef"),
    ),
    remediation="Mount the secret as a file, and have the program read it from there.",
    references=("https://kubernetes.io/docs/concepts/security/secrets-good-practices/",),
)
def secret_through_environment(subject: Object, pod: Pod) -> Iterator[Evidence]:
    """Variables are inherited by every child process, and land in crash reports and logs."""
    for each in pod.containers():
        for index, one in enumerate(each.body.maps("env")):
            source = one.map("valueFrom")
            if "secretKeyRef" in source:
                yield subject.tell(
                    f"{each.at}.env[{index}].valueFrom.secretKeyRef",
                    f"variable {one.text('name')!r} of container {each.name!r} is a secret",
                    source.line_of("secretKeyRef"),
                )
        for index, one in enumerate(each.body.maps("envFrom")):
            if "secretRef" in one:
                secret = one.map("secretRef").text("name")
                yield subject.tell(
                    f"{each.at}.envFrom[{index}].secretRef",
                    f"all of secret {secret!r} are variables of container {each.name!r}",
                    one.line_of("secretRef"),
                )
