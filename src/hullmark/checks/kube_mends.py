"""Mends of manifests that need a look at the object."""

from collections.abc import Iterator

from hullmark.checks.kube import Bundle, Object
from hullmark.checks.kube_apis import REMOVED
from hullmark.checks.mending import drop, place_of
from hullmark.model import Evidence
from hullmark.model.config_edits import Append, Drop, Extra, Path, Proposed, Put
from hullmark.model.mending import Left
from hullmark.model.placed import Map

ONE_FOR_ONE = frozenset(("batch", "coordination.k8s.io", "rbac.authorization.k8s.io"))
"""Groups whose versions that are gone have the same fields as the one that replaced them."""

_POLICY = """\
apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata:
  name: default-deny
{namespace}spec:
  podSelector: {{}}
  policyTypes: [Ingress, Egress]
"""

REJECTED = "Kubernetes rejects it for a container that is privileged or has SYS_ADMIN"

_OF_POD = "seccomp.security.alpha.kubernetes.io/pod"

NO_MORE_OF_THE_NODE = drop(
    says="remove it",
    breaks="shuts the pod out of what it shares with the node",
    risky=True,
)


def _of_container(subject: Object, path: Path) -> Map:
    """The container around a path of its security context."""
    inner: object = subject.body
    for step in path[len(subject.place) :]:
        if step == "securityContext":
            break
        if isinstance(inner, dict):
            inner = inner.get(step)
        elif isinstance(inner, list) and isinstance(step, int):
            inner = inner[step]
    return inner if isinstance(inner, Map) else Map()


def no_escalation(subject: Object, evidence: Evidence) -> Iterator[Proposed]:
    """Forbid it, but where Kubernetes rejects that: beside privileged and CAP_SYS_ADMIN."""
    path = place_of(subject, evidence)
    security = _of_container(subject, path).map("securityContext")
    added = {
        each.upper().removeprefix("CAP_") for each in security.map("capabilities").texts("add")
    }
    if security.flag("privileged") or "SYS_ADMIN" in added:
        yield Left(REJECTED)
        return
    yield Put(path=path, value=False)


def non_root(subject: Object, evidence: Evidence) -> Iterator[Proposed]:
    """Another user than root, but where the manifest itself names root: that would never start."""
    path, pod = place_of(subject, evidence), subject.pod
    if pod is None:
        return
    inner = _of_container(subject, path)
    of_pod = pod.security.number("runAsUser")
    reached = (each for each in pod.containers() if inner in (each.body, pod.spec))
    for each in reached:
        user = each.security.number("runAsUser")
        user = of_pod if user is None else user
        if user == 0 and not each.security.flag("runAsNonRoot"):
            yield Left("the manifest names user 0: which other user is for people to say")
            return
    yield Put(path=path, value=True)


def without_raw_sockets(subject: Object, evidence: Evidence) -> Iterator[Proposed]:
    """NET_RAW neither added nor left to what runtimes give."""
    path = place_of(subject, evidence)
    yield Drop(path=path, prune=1)
    yield Append(path=(*path[:-2], "drop"), value="NET_RAW")


def profile_of_annotation(subject: Object, evidence: Evidence) -> Iterator[Proposed]:
    """The profile that an annotation names, as the field that Kubernetes reads."""
    pod, path = subject.pod, place_of(subject, evidence)
    key = str(path[-1])
    if pod is None:
        return
    said = pod.metadata.map("annotations").text(key)
    spec = (*path[:-3], "spec")
    if key != _OF_POD:
        name = key.rpartition("/")[2]
        found = [each for each in pod.containers() if each.name == name]
        if len(found) != 1:
            yield Left("its container is not found")
            return
        items = pod.spec.items_of(found[0].role)
        spec = (
            *spec,
            found[0].role,
            next(i for i, one in enumerate(items) if one is found[0].body),
        )
    where = (*spec, "securityContext", "seccompProfile")
    yield Drop(path=path, prune=1)
    if said in ("runtime/default", "docker/default"):
        yield Put(path=where, value={"type": "RuntimeDefault"})
    elif said.startswith("localhost/"):
        profile = said.removeprefix("localhost/")
        yield Put(path=where, value={"type": "Localhost", "localhostProfile": profile})
    else:
        yield Left(f"no field says what {said[:80]!r} does")


def without_earlier_variable(subject: Object, evidence: Evidence) -> Iterator[Proposed]:
    """Remove the value that loses, so that what is read is what is in force."""
    path = place_of(subject, evidence)
    body = _of_container(subject, path[:-3])
    listed = body.items_of("env")
    index = path[-2]
    if not isinstance(index, int) or any(not isinstance(each, Map) for each in listed):
        yield Left("the list holds more than variables")
        return
    name = body.maps("env")[index].text("name")
    if any(f"$({name})" in each.text("value") for each in body.maps("env")):
        yield Left("another value is made of it")
        return
    first = next(i for i, each in enumerate(body.maps("env")) if each.text("name") == name)
    yield Drop(path=(*path[:-2], first))


def default_deny(bundle: Bundle, evidence: Evidence) -> Iterator[Proposed]:
    """A policy that denies all, at the end of the file."""
    name = evidence.at.partition(" ")[0]
    spaces = {each.namespace for each in bundle.objects if each.name == name}
    if len(spaces) != 1:
        yield Left("several objects of one name are in several namespaces")
        return
    space = spaces.pop()
    if space and not space.replace("-", "").isalnum():
        yield Left("its namespace is no name")
        return
    namespace = f'  namespace: "{space}"\n' if space else ""
    yield Extra(text=_POLICY.format(namespace=namespace))


def types_of_rules(subject: Object, evidence: Evidence) -> Iterator[Proposed]:
    """The type whose rules are there."""
    path = place_of(subject, evidence)
    yield Append(path=(*path[:-1], "policyTypes"), value=str(path[-1]).capitalize())


def newer_api(subject: Object, evidence: Evidence) -> Iterator[Proposed]:
    """The version that replaced one, where the fields are the same."""
    found = REMOVED.get((subject.api, subject.kind))
    subjects = subject.body.maps("subjects")
    is_other = any("apiVersion" in each for each in subjects)  # of bindings in v1alpha1
    if not found or not found.instead or subject.group not in ONE_FOR_ONE or is_other:
        yield Left("the version that replaces it has other fields")
        return
    yield Put(path=place_of(subject, evidence), value=found.instead)


def deny(subject: Object, evidence: Evidence) -> Iterator[Proposed]:
    """Deny in the place of Warn, which cannot stand beside it."""
    kept = [each for each in subject.spec.texts("validationActions") if each != "Warn"]
    yield Put(path=place_of(subject, evidence), value=["Deny", *kept])


def named_label(subject: Object, evidence: Evidence) -> Iterator[Proposed]:
    """The object's own name as the name of what it runs."""
    name = subject.metadata.text("name")
    if not name or len(name) > 63:  # noqa: PLR2004 - what a label may have
        yield Left("the object has no name that a label can have")
        return
    path = place_of(subject, evidence)
    yield Put(path=(*path, "app.kubernetes.io/name"), value=name)


def confined(subject: Object, evidence: Evidence) -> Iterator[Proposed]:
    """The profile of the runtime, in the field or in the annotation of old."""
    path = place_of(subject, evidence)
    value = "runtime/default" if "annotations" in path else "RuntimeDefault"
    yield Put(path=path, value=value)


def without_token(subject: Object, evidence: Evidence) -> Iterator[Proposed]:
    """No token of the account that all pods of a namespace share."""
    key = "automountServiceAccountToken"
    yield Put(path=(*place_of(subject, evidence)[:-1], key), value=False)


def redirected_route(subject: Object, evidence: Evidence) -> Iterator[Proposed]:
    """From plain HTTP to TLS, where the route has a termination."""
    if not subject.spec.map("tls").text("termination"):
        yield Left("where TLS ends is for people to say")
        return
    yield Put(path=place_of(subject, evidence), value="Redirect")
