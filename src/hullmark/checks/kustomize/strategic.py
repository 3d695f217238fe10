"""Strategic merge: a part of an object laid over the whole, lists by the keys of their entries.

Reference: https://github.com/kubernetes/community/blob/master/contributors/devel/sig-api-machinery/
strategic-merge-patch.md; what lies in lists comes in the order that kustomize gives.
"""

from collections.abc import Mapping

from hullmark.checks.kustomize.values import Budget, drop, put
from hullmark.model.placed import Items, Map

DIRECTIVE = "$patch"
_OF_PATCHES = ("$patch", "$retainKeys", "$setElementOrder/", "$deleteFromPrimitiveList/")

_KEYS: Mapping[str, tuple[str, ...]] = {
    "claims": ("name",),
    "conditions": ("type",),
    "containers": ("name",),
    "env": ("name",),
    "ephemeralContainers": ("name",),
    "hostAliases": ("ip",),
    "imagePullSecrets": ("name",),
    "initContainers": ("name",),
    "ownerReferences": ("uid",),
    "ports": ("containerPort", "protocol"),
    "resourceClaims": ("name",),
    "schedulingGates": ("name",),
    "topologySpreadConstraints": ("topologyKey", "whenUnsatisfiable"),
    "volumeDevices": ("devicePath",),
    "volumeMounts": ("mountPath",),
    "volumes": ("name",),
    "webhooks": ("name",),
}
"""Lists of the core's types whose entries are told apart by these keys; others are replaced."""

_OF_KINDS: Mapping[tuple[str, str], tuple[str, ...]] = {
    ("Service", "ports"): ("port", "protocol"),
    ("ServiceAccount", "secrets"): ("name",),
}
_SETS = frozenset(("finalizers",))


class Removed:
    """Instead of a value that a patch takes away."""


REMOVED = Removed()


class Merge:
    """Lays patches over objects of one kind; ``is_of_core`` where the keys of lists are known."""

    def __init__(self, budget: Budget, kind: str, *, is_of_core: bool) -> None:
        self._budget = budget
        self._kind = kind
        self._is_of_core = is_of_core

    def laid(self, base: Map, patch: Map, depth: int = 0) -> Map | Removed:
        """The base with the patch, changed in place; ``REMOVED`` where the patch deletes it."""
        how = patch.text(DIRECTIVE)
        if how == "delete":
            return REMOVED
        if how == "replace":
            return self._alone(patch, depth)
        for key, value in patch.items():
            if key.startswith(_OF_PATCHES):
                continue
            found = base.get(key)
            if value is None:
                drop(base, key)
                continue
            line = patch.line_of(key)
            if isinstance(value, Map) and isinstance(found, Map):
                done: object = self.laid(found, value, depth + 1)
                line = base.line_of(key) if done is found else line
            elif isinstance(value, Items) and isinstance(found, Items):
                done = self._listed(key, found, value, depth + 1)
                line = base.line_of(key) if self._keys(key) else line
            else:
                done = self._own(value, depth + 1)
            if done is REMOVED:
                drop(base, key)
            else:
                put(base, key, done, line)
        return base

    def _own(self, value: object, depth: int) -> object:
        """A patch's value where the base has none."""
        if isinstance(value, Map):
            if value.text(DIRECTIVE) == "delete":
                return REMOVED
            return self._alone(value, depth)
        if isinstance(value, Items):
            done = Items(value.line)
            for index, each in enumerate(value):
                own = self._own(each, depth + 1)
                if own is not REMOVED:
                    done.append(own)
                    done.lines.append(value.line_of(index))
            return done
        return self._budget.copied(value, depth)

    def _alone(self, patch: Map, depth: int) -> Map:
        """What a patch makes where there was nothing."""
        done = Map(patch.line)
        self._budget.spend(1)
        for key, value in patch.items():
            own = REMOVED if value is None else self._own(value, depth + 1)
            if own is not REMOVED and not key.startswith(_OF_PATCHES):
                put(done, key, own, patch.line_of(key))
        return done

    def _keys(self, key: str) -> tuple[str, ...]:
        if not self._is_of_core:
            return ()
        return _OF_KINDS.get((self._kind, key)) or _KEYS.get(key, ())

    def _listed(self, key: str, base: Items, patch: Items, depth: int) -> object:
        if key in _SETS:
            return self._united(base, patch)
        keys = self._keys(key)
        entries = [each for each in patch if isinstance(each, Map)]
        if not keys or len(entries) < len(patch):
            return self._own(patch, depth)
        if any(each.text(DIRECTIVE) == "replace" for each in entries):
            done = Items(patch.line)
            for index, each in enumerate(entries):
                if DIRECTIVE not in each:
                    done.append(self._own(each, depth + 1))
                    done.lines.append(patch.line_of(index))
            return done
        return self._by_key(keys, base, patch, depth)

    def _by_key(self, keys: tuple[str, ...], base: Items, patch: Items, depth: int) -> Items:
        """Entries of the patch first, each laid over the entry that it means."""
        index = _Index(keys, base)
        self._budget.spend(len(base))
        done, used = Items(base.line), set[int]()
        for number, each in enumerate(patch):
            if not isinstance(each, Map):
                continue
            at = index.of(each)
            line = patch.line_of(number)
            if at is None:
                own = self._own(each, depth + 1)
            else:
                used.add(at)
                found = base[at]
                own = self.laid(found, each, depth + 1) if isinstance(found, Map) else REMOVED
                line = base.line_of(at) if own is found else line
            if own is not REMOVED:
                done.append(own)
                done.lines.append(line)
        for at, rest in enumerate(base):
            if at not in used:
                done.append(rest)
                done.lines.append(base.line_of(at))
        return done

    def _united(self, base: Items, patch: Items) -> Items:
        done = Items(base.line)
        for listed in (patch, base):
            for index, each in enumerate(listed):
                if each not in done:
                    self._budget.spend(1 + len(done) // 8)
                    done.append(each)
                    done.lines.append(listed.line_of(index))
        return done


class _Index:
    """Entries of a list by their keys; the second key counts where both entries have it."""

    def __init__(self, keys: tuple[str, ...], listed: Items) -> None:
        self._keys = keys
        self._whole: dict[tuple[str, ...], int] = {}
        self._first: dict[str, list[int]] = {}
        for number, each in enumerate(listed):
            if isinstance(each, Map):
                self._whole.setdefault(self._key(each), number)
                self._first.setdefault(self._key(each)[0], []).append(number)

    def of(self, entry: Map) -> int | None:
        """The number of the entry that this one means."""
        key = self._key(entry)
        found = self._whole.get(key)
        if found is not None or len(self._keys) == 1:
            return found
        first = self._first.get(key[0], [])
        bare = self._whole.get((key[0], *[""] * (len(key) - 1)))
        if bare is not None and any(key[1:]):
            return bare
        return first[0] if first and not any(key[1:]) else None

    def _key(self, entry: Map) -> tuple[str, ...]:
        return tuple(entry.text(each) for each in self._keys)
