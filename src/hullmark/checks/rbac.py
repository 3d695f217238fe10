"""Roles and bindings of Kubernetes as its authorizer reads them.

Reference: https://kubernetes.io/docs/reference/access-authn-authz/rbac/
"""

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from functools import cached_property, lru_cache
from typing import NamedTuple

from hullmark.checks.kube import Bundle, Object, Pod
from hullmark.checks.kube_joins import Named
from hullmark.checks.kube_places import near, together
from hullmark.checks.pod_security import account_of
from hullmark.model import Evidence
from hullmark.model.placed import Map

Resources = Mapping[str, Collection[str]]
"""Resources by the API group that they belong to; the core group is the empty text."""

ANY = "*"
CORE, RBAC = "", "rbac.authorization.k8s.io"

SUBJECT = "ServiceAccount"
ROLES = ("Role", "ClusterRole")
BINDINGS = ("RoleBinding", "ClusterRoleBinding")

READS = ("get", "list", "watch")
WRITES = ("create", "update", "patch")
DELETES = ("delete", "deletecollection")

SECRETS: Resources = {CORE: ("secrets",)}
WORKLOADS: Resources = {
    CORE: ("replicationcontrollers",),
    "apps": ("deployments", "replicasets", "statefulsets", "daemonsets"),
    "batch": ("jobs", "cronjobs"),
}
"""What makes pods of any template that is written into it."""

_WAYS = (
    ("create pods", {CORE: ("pods",)}, ("create",)),
    ("create workloads", WORKLOADS, ("create", "update", "patch")),
    ("run commands in pods", {CORE: ("pods/exec",)}, ("create",)),
    ("reach kubelets", {CORE: ("nodes/proxy",)}, ("get", "create")),
    ("issue tokens", {CORE: ("serviceaccounts/token",)}, ("create",)),
    ("impersonate", {CORE: ("users", "groups", "serviceaccounts")}, ("impersonate",)),
    ("escalate roles", {RBAC: ("roles", "clusterroles")}, ("escalate", "bind")),
)
"""Ways to all rights, with the resources and the verbs that each takes."""

GUIDE = "https://kubernetes.io/docs/concepts/security/rbac-good-practices/"
MANUAL = "https://kubernetes.io/docs/reference/access-authn-authz/rbac/"

_GROUPS = (RBAC, "authorization.openshift.io")
"""Groups whose roles and bindings are meant; others call other things so."""

_MOUNT = "automountServiceAccountToken"

_OF_ALL = ("list", "watch", "create", "deletecollection")
"""Verbs on what has no name in the request."""

_MOST = 6
"""Ours: how many words of a list a finding repeats."""


class PolicyRule:
    """One rule of a role, read once for all checks; ``at`` is its path in the object."""

    def __init__(self, body: Map, at: str) -> None:
        self.body = body
        self.at = at

    @cached_property
    def groups(self) -> list[str]:
        """The API groups of what it grants."""
        return self.body.texts("apiGroups")

    @cached_property
    def resources(self) -> list[str]:
        """What it grants verbs on."""
        return self.body.texts("resources")

    @cached_property
    def verbs(self) -> list[str]:
        """What it lets do with that."""
        return self.body.texts("verbs")

    @cached_property
    def names(self) -> list[str]:
        """The only objects that it is about; empty where it is about all.

        An empty name is that of requests for no single object: to list, to watch and to create.
        """
        names = self.body.texts("resourceNames")
        return [] if "" in names and self.allowed(_OF_ALL) else names

    @cached_property
    def urls(self) -> list[str]:
        """Paths of the API server that are no resources."""
        return self.body.texts("nonResourceURLs")

    @cached_property
    def is_unlimited(self) -> bool:
        """Whether it grants everything on everything."""
        given = (self.groups, self.resources, self.verbs)
        return all(ANY in each for each in given) and not self.names

    def named(self, resources: Resources) -> list[str]:
        """Those of these resources that it names, by themselves or as ``*/subresource``."""
        groups, own = self._groups, self._resources
        return [
            each
            for group, wanted in resources.items()
            if group in groups or ANY in groups
            for each in wanted
            if each in own or ("/" in each and f"*/{each.rpartition('/')[2]}" in own)
        ]

    def allowed(self, verbs: Collection[str]) -> list[str]:
        """Those of these verbs that it grants, all of them by ``*``."""
        own = self._verbs
        return [each for each in verbs if each in own or ANY in own]

    @cached_property
    def _groups(self) -> frozenset[str]:
        return frozenset(self.groups)

    @cached_property
    def _resources(self) -> frozenset[str]:
        return frozenset(self.resources)

    @cached_property
    def _verbs(self) -> frozenset[str]:
        return frozenset(self.verbs)

    def tell(self, role: Object, says: str, key: str = "resources") -> Evidence:
        """What is wrong with it, at one of its keys."""
        return role.tell(f"{self.at}.{key}", says, self.body.line_of(key))


class Bound(NamedTuple):
    """Whom a binding gives a role to: ``at`` is the path of that entry in the object."""

    body: Map
    at: str
    line: int

    @property
    def kind(self) -> str:
        """``User``, ``Group`` or ``ServiceAccount``."""
        return self.body.text("kind")

    @property
    def name(self) -> str:
        """What it is called."""
        return self.body.text("name")

    def is_one_of(self, kind: str, names: Collection[str]) -> bool:
        """Whether it is of this kind and has one of these names."""
        return self.kind == kind and self.name in names


def rules_of(role: Object) -> tuple[PolicyRule, ...]:
    """Every rule of a role; nothing of an object that is none."""
    if role.group not in _GROUPS or role.kind not in ROLES:
        return ()
    return _rules(role)


@lru_cache(maxsize=2)
def _rules(role: Object) -> tuple[PolicyRule, ...]:
    """Rules of the role that is judged, for one check after the other."""
    return tuple(
        PolicyRule(body, f"rules[{index}]")
        for index, body in enumerate(role.body.items_of("rules"))
        if isinstance(body, Map)
    )


def granted(
    role: Object,
    resources: Resources,
    verbs: Collection[str],
    *,
    explicit: bool = False,
    despite: Collection[str] = (),
) -> Iterator[Evidence]:
    """Rules that name one of these resources and grant one of these verbs on it.

    Not those of all resources, which checks of wildcards judge, and not those limited to some
    objects, unless they are ``despite`` these. ``explicit`` leaves out the verb ``*``, too.
    """
    for rule in rules_of(role):
        found = rule.named(resources)
        allowed = rule.allowed(verbs) if found else []
        if not allowed or (explicit and ANY in rule.verbs):
            continue
        names = rule.names
        met = sorted(set(names) & set(despite))
        if met or not names:
            whose = " " + listed([repr(each) for each in met]) if met else ""
            yield rule.tell(role, f"it grants {listed(allowed)} on {listed(found)}{whose}")


def way_up(role: Object) -> str:
    """How a role leads to all rights, in words; empty where it does not."""
    for rule in rules_of(role):
        for way, what, verbs in _WAYS if not rule.names else ():
            if rule.named(what) and rule.allowed(verbs):
                return way
    return ""


def subjects_of(binding: Object) -> Iterator[Bound]:
    """Everyone to whom a binding gives its role; nothing of an object that is none."""
    if binding.group not in _GROUPS or binding.kind not in BINDINGS:
        return
    subjects = binding.body.items_of("subjects")
    for index, body in enumerate(subjects):
        if isinstance(body, Map):
            yield Bound(body, f"subjects[{index}]", body.line or subjects.line_of(index))


def role_of(binding: Object) -> tuple[str, str]:
    """Kind and name of the role that a binding gives."""
    role = binding.body.map("roleRef")
    return role.text("kind"), role.text("name")


def bound(
    binding: Object, kind: str, names: Collection[str], *, harmless: Collection[str] = ()
) -> Iterator[Evidence]:
    """Subjects of this kind and one of these names that get any but a harmless role."""
    _, role = role_of(binding)
    for each in subjects_of(binding):
        if each.is_one_of(kind, names) and role not in harmless:
            says = f"{kind} {each.name!r} is given the role {role!r}"
            yield binding.tell(each.at, says, each.line)


class Powerful(NamedTuple):
    """A workload whose pods get a token with a role that matters: what it may, by which role."""

    workload: Object
    pod: Pod
    account: str
    role: str
    may: str


def workloads_with(
    bundle: Bundle, power: Callable[[Object], str], built_in: Mapping[str, str]
) -> Iterator[Powerful]:
    """Workloads whose pods get a token with one of these cluster roles in all namespaces.

    ``power`` says what a cluster role lets do that matters, ``built_in`` what those do that every
    cluster has.
    """
    given = _given_cluster_wide(bundle, _Powers(bundle, power, built_in))
    if not given:
        return
    accounts = Named(bundle, SUBJECT)
    for workload in bundle.objects:
        pod = workload.pod
        if pod is None:
            continue
        own = account_of(pod) or "default"
        found = _role_of(bundle, workload, own, given.get(own, ()))
        if not found:
            continue
        mounted = pod.spec.flag(_MOUNT)
        if mounted is None:
            said = (each.body.flag(_MOUNT) for each in accounts.find(workload, SUBJECT, own))
            mounted = next((each for each in said if each is not None), None)
        if mounted is not False:
            yield Powerful(workload, pod, own, *found)


class _Powers:
    """What the cluster roles that bindings name let do."""

    def __init__(
        self, bundle: Bundle, power: Callable[[Object], str], built_in: Mapping[str, str]
    ) -> None:
        self._bundle = bundle
        self._built_in = built_in
        self._roles: dict[str, list[tuple[Object, str]]] = {}
        for each in bundle.of("ClusterRole"):
            entry = each, power(each)
            self._roles.setdefault(each.metadata.text("name"), []).append(entry)

    def of(self, binding: Object) -> str:
        """What matters of the role that a binding gives, of those of its name the nearest.

        Where those differ, that is nothing.
        """
        name = role_of(binding)[1]
        named = self._roles.get(name, ())
        self._bundle.spend(len(named))
        found = [each for each in named if together(each[0].source, binding.source)]
        found = [each for each in found if near(each[0].source, binding.source)] or found
        if not found:
            return self._built_in.get(name, "")
        return found[0][1] if all(may for _, may in found) else ""


def _role_of(
    bundle: Bundle, workload: Object, account: str, given: Iterable["_Given"]
) -> tuple[str, str] | None:
    """The first role, with its power, that bindings of this name give the pods of a workload.

    A workload that leaves its namespace to who applies it is taken to be in that of a binding
    near to it, unless its account is ``default``, which every namespace has; of one chart that
    is the chart's.
    """
    for binding, namespace, role, may in given:
        bundle.spend()
        if workload.namespace and namespace:
            is_same = workload.namespace == namespace
        else:
            is_of_release = bool(workload.source.release) and not (workload.namespace or namespace)
            is_same = account != "default" or is_of_release
            is_same = is_same and near(workload.source, binding.source)
        if is_same and together(workload.source, binding.source):
            return role, may
    return None


class _Given(NamedTuple):
    """A binding, the namespace of a service account that it gives a role, the role, its power."""

    binding: Object
    namespace: str
    role: str
    may: str


def _given_cluster_wide(bundle: Bundle, powers: _Powers) -> dict[str, list[_Given]]:
    """Bindings that give power, by the name of the service account that they give it."""
    given: dict[str, list[_Given]] = {}
    for binding in bundle.of("ClusterRoleBinding"):
        may = powers.of(binding)
        role = role_of(binding)[1]
        for each in subjects_of(binding) if may else ():
            if each.kind == SUBJECT and each.name:
                entry = _Given(binding, each.body.text("namespace"), role, may)
                given.setdefault(each.name, []).append(entry)
    return given


def listed(words: Sequence[str]) -> str:
    """Words as people enumerate them, the first few of many."""
    if len(words) > _MOST:
        words = [*words[: _MOST - 1], f"{len(words) - _MOST + 1} more"]
    *first, last = words or ["nothing"]
    return f"{', '.join(first)} and {last}" if first else last


def is_aggregated(role: Object, to: str) -> bool:
    """Whether its rules become part of this built-in role."""
    label = role.metadata.map("labels").get(f"{RBAC}/aggregate-to-{to}")
    return role.group == RBAC and label in ("true", True)
