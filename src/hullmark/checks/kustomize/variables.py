"""Variables: a field of one object, put where others say ``$(NAME)``.

They are deprecated, and done by ``kustomize build`` still. Reference:
https://kubectl.docs.kubernetes.io/references/kustomize/kustomization/vars/
"""

from collections.abc import Iterator, Mapping
from re import Match
from re import compile as regex

from msgspec import Struct

from hullmark.checks.kube import POD_PLACES
from hullmark.checks.kustomize.fields import ANNOTATIONS, LABELS, Path
from hullmark.checks.kustomize.replacing import held
from hullmark.checks.kustomize.resource import Resource
from hullmark.checks.kustomize.values import Budget, mappings, put
from hullmark.checks.origins import BuildError, short
from hullmark.model.placed import Items, Map

CHARS_OF_ONE = 64
"""Of a text that is made, those that cost as much as one value."""

_OF_CONTAINERS: tuple[Path, ...] = tuple(
    (role, *path)
    for role in ("containers", "initContainers")
    for path in (("args",), ("command",), ("env", "value"), ("volumeMounts", "mountPath"))
)
_WITH_NFS = frozenset(("Pod", "Deployment", "ReplicaSet", "DaemonSet", "Job"))
_WITHOUT = frozenset(("PodTemplate", "ReplicationController"))
_OTHERS: Mapping[str, tuple[Path, ...]] = {
    "Deployment": (("spec", "template", *ANNOTATIONS),),
    "Ingress": (
        ("spec", "rules", "host"),
        ("spec", "tls", "hosts"),
        ("spec", "tls", "secretName"),
    ),
    "PersistentVolume": (("spec", "nfs", "server"),),
    "Service": (("spec", "ports", "port"), ("spec", "ports", "targetPort")),
}
"""Where kustomize looks for variables; configurations of transformers may add to them."""

MAX_NAME_CHARS = 256
"""Of a variable, ours; people write some twenty."""

_said = regex(rf"\$\$|\$\(([^)]{{0,{MAX_NAME_CHARS}}})\)")


class Variable(Struct, frozen=True):
    """A variable: its name, the object whose field it is, and the path of that."""

    name: str
    source: Resource
    path: str


def variable(entry: Map, resources: list[Resource]) -> Variable | None:
    """What an entry of ``vars`` defines; ``None`` where its object is not there.

    ``BuildError`` where that may be several.
    """
    named, name = entry.map("objref"), entry.text("name")
    found = [each for each in resources if _is_meant(named, each)]
    if len(found) > 1:
        raise BuildError(f"the variable {short(name)} may be of {len(found)} objects")
    path = entry.map("fieldref").text("fieldpath") or entry.map("fieldref").text("fieldPath")
    return Variable(name, found[0], path or "metadata.name") if found else None


def _is_meant(named: Map, each: Resource) -> bool:
    """Whether an object is named, by the name that its file gives it."""
    first, api = each.ids[0], named.text("apiVersion") or named.text("version")
    group = named.text("group")
    wanted = f"{group}/{api}" if group and "/" not in api else api
    return (
        (first.kind, first.name) == (named.text("kind"), named.text("name"))
        and (not wanted or wanted == each.body.text("apiVersion"))
        and named.text("namespace") in ("", first.namespace)
    )


def resolve(variables: Mapping[str, Variable], resources: list[Resource], budget: Budget) -> None:
    """Put the values of variables in. ``BuildError`` where one has none."""
    values = {name: _value(each, resources) for name, each in variables.items()}
    for each in resources if values else ():
        for path in _places(each.kind):
            for holder in mappings(each.body, path[:-1]):
                _put(holder, path[-1], values, budget)


def _value(variable: Variable, resources: list[Resource]) -> object:
    is_there = any(each is variable.source for each in resources)
    holders = held(variable.source.body, variable.path) if is_there else ()
    for holder, key in holders:
        if key in holder:
            return holder[key]
    raise BuildError(f"the variable {short(variable.name)} has no value")


def _places(kind: str) -> Iterator[Path]:
    """The fields of a kind in which variables stand."""
    yield from (LABELS, ANNOTATIONS, *_OTHERS.get(kind, ()))
    place = POD_PLACES.get(kind)
    if place is not None and kind not in _WITHOUT:
        yield from ((*place, "spec", *path) for path in _OF_CONTAINERS)
        if kind in _WITH_NFS:
            yield (*place, "spec", "volumes", "nfs", "server")


def _put(holder: Map, key: str, values: Mapping[str, object], budget: Budget) -> None:
    """Put values into a text, or the texts of a list or a mapping; each stays in its line."""
    found = holder.get(key)
    if isinstance(found, str):
        put(holder, key, _told(found, values, budget), holder.line_of(key))
    elif isinstance(found, Items):
        for index, each in enumerate(found):
            if isinstance(each, str):
                found[index] = _told(each, values, budget)
    elif isinstance(found, Map):
        for name, each in [*found.items()]:
            if isinstance(each, str):
                put(found, name, _told(each, values, budget), found.line_of(name))


def _told(text: str, values: Mapping[str, object], budget: Budget) -> object:
    """A text with values for its variables; one that is a variable alone keeps the value's type."""
    whole = _said.fullmatch(text)
    if whole and whole[1] in values:
        return budget.copied(values[whole[1]])
    if "$" not in text:
        return text

    def value_of(found: Match[str]) -> str:
        if found[1] is None:
            return "$"
        made = _text(values[found[1]]) if found[1] in values else found[0]
        budget.spend(len(made) // CHARS_OF_ONE)
        return made

    budget.spend(len(text) // CHARS_OF_ONE)
    return _said.sub(value_of, text)


def _text(value: object) -> str:
    return str(value).lower() if isinstance(value, bool) else str(value)
