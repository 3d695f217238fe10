"""Secrets on the command line of a container."""

from collections.abc import Iterator

from hullmark.checks.declare_config import pod_check
from hullmark.checks.kube import Object, Pod
from hullmark.checks.kube_secrets import given_in
from hullmark.model import Evidence, Severity
from hullmark.model.finding import Kind
from hullmark.model.placed import Items
from hullmark.model.rule import Confidence

_BAD = """\
apiVersion: v1
kind: Pod
metadata: {name: web}
spec:
  containers:
  - name: web
    image: registry.example/web:1.4.2
    args: ["--listen=:8080", "--db-password=kV7nq2-xEtz"]
"""
_SHELL = """\
apiVersion: v1
kind: Pod
metadata: {name: web}
spec:
  containers:
  - name: web
    image: registry.example/web:1.4.2
    command: [sh, -c, "PGPASSWORD=kV7nq2-xEtz psql -h db"]
"""


@pod_check(
    id="secret-in-container-arguments",
    needs=("command", "args"),
    title="Secret in a command or argument of a manifest",
    severity=Severity.HIGH,
    kind=Kind.SECRET,
    confidence=Confidence.LIKELY,
    bad=(_BAD, _BAD.replace("password=k", 'password", "k'), _SHELL),
    good=(
        _BAD.replace("kV7nq2-xEtz", "$(DB_PASSWORD)"),
        _BAD.replace("db-password=kV7nq2-xEtz", "password-file=/run/secrets/db"),
        _SHELL.replace("kV7nq2-xEtz", "$(cat /run/secrets/db)"),
        _BAD.replace("--db-password=kV7nq2-xEtz", "--token, --verbose"),
    ),
    remediation=(
        "Change the secret where it is checked, and have the program read its successor from a "
        "mounted file."
    ),
    references=("https://kubernetes.io/docs/concepts/security/secrets-good-practices/",),
)
def secret_in_container_arguments(subject: Object, pod: Pod) -> Iterator[Evidence]:
    """Whoever reads the manifest, or lists processes on the node, has the value."""
    for each in pod.containers():
        for key in ("command", "args"):
            items = each.body.items_of(key)
            for index, text in _told_with_value(items):
                name = given_in(text)
                if name:
                    yield subject.tell(
                        f"{each.at}.{key}[{index}]",
                        f"container {each.name!r} is given a literal secret as {name!r}",
                        items.line_of(index),
                    )


def _told_with_value(items: Items) -> Iterator[tuple[int, str]]:
    """Every argument; an option that has its value in the next one together with that."""
    for index, item in enumerate(items):
        if not isinstance(item, str):
            continue
        following = items[index + 1] if index + 1 < len(items) else None
        is_option = item.startswith("-") and "=" not in item and " " not in item
        if is_option and isinstance(following, str) and not following.startswith("-"):
            yield index, f"{item} {following}"
        else:
            yield index, item
