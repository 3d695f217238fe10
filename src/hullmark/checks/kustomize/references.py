"""Names of other objects within objects, once those bear other names than their files say."""

from collections.abc import Iterator

from hullmark.checks.kube import POD_PLACES
from hullmark.checks.kustomize.fields import NAMED_WITH_KIND, POD, REFERENCES, Path
from hullmark.checks.kustomize.resource import CLUSTER_WIDE, DEFAULT, Resource
from hullmark.checks.kustomize.values import mappings, put
from hullmark.model.placed import Map


def rejoin(resources: list[Resource]) -> None:
    """Have every reference name its object as that is called now."""
    named = _Named(resources)
    if not named.kinds:
        return
    for each in resources:
        for kind, holder, key in _holders(each, named.kinds):
            found = named.meant(each, kind, holder.text(key), holder.text("namespace"))
            if found is None:
                continue
            if holder.get(key) != found.name:
                put(holder, key, found.name, holder.line_of(key))
            if "kind" in holder and kind == "ServiceAccount" and found.namespace:
                put(holder, "namespace", found.namespace, holder.line_of("namespace"))


def _holders(each: Resource, kinds: frozenset[str]) -> Iterator[tuple[str, Map, str]]:
    """Every mapping that names another object: the kind named, the mapping, and its key."""
    for kind in REFERENCES.keys() & kinds:
        for path in REFERENCES[kind]:
            for holder in mappings(each.body, _place(each, path[:-1])):
                yield kind, holder, path[-1]
    for path in NAMED_WITH_KIND:
        for holder in mappings(each.body, path):
            yield holder.text("kind"), holder, "name"


def _place(each: Resource, path: Path) -> Path:
    if path[:1] != POD:
        return path
    place = POD_PLACES.get(each.kind)
    return ("\0",) if place is None else (*place, "spec", *path[1:])


class _Named:
    """Objects by every name that they had, where that is another than the one they have."""

    def __init__(self, resources: list[Resource]) -> None:
        self._known: dict[tuple[str, str], list[Resource]] = {}
        for each in resources:
            for id in each.ids:
                listed = self._known.setdefault((id.kind, id.name), [])
                if each not in listed[-1:]:
                    listed.append(each)
        moved = (each.kind for each in resources if len(each.ids) > 1)
        self.kinds = frozenset(moved)

    def meant(self, by: Resource, kind: str, name: str, namespace: str) -> Resource | None:
        """The object that another one means: of its namespace, and nearest in its build."""
        listed = self._known.get((kind, name), []) if name and kind in self.kinds else []
        if kind not in CLUSTER_WIDE:
            at = {namespace} if namespace else {id.namespace for id in by.ids}
            at = {each or DEFAULT for each in at}
            anywhere = by.kind in CLUSTER_WIDE and not namespace
            listed = [
                each
                for each in listed
                if anywhere or at & {id.namespace or DEFAULT for id in each.ids}
            ]
        return max(listed, key=lambda each: _shared(each.lineage, by.lineage), default=None)


def _shared(one: tuple[int, ...], other: tuple[int, ...]) -> int:
    """How many builds two objects went through together."""
    count = 0
    for left, right in zip(one, other, strict=False):
        if left != right:
            break
        count += 1
    return count
