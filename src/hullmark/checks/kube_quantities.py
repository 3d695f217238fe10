"""Amounts of CPU and memory, and shares of pods, as manifests write them.

Reference: https://kubernetes.io/docs/reference/kubernetes-api/common-definitions/quantity/
"""

from collections.abc import Iterator
from functools import lru_cache
from math import ceil
from re import compile as regex

from hullmark.checks.kube import Container, Pod
from hullmark.model.placed import Map

CPU, MEMORY = "cpu", "memory"
REQUESTS, LIMITS = "requests", "limits"

RESOURCED = ("containers", "initContainers")
"""Lists whose containers may have resources of their own: ephemeral ones may not."""

GIBIBYTE = 2**30

MAX_CHARS = 40
_quantity = regex(
    r"([+-]?(?:[0-9]+\.?[0-9]*|\.[0-9]+))(n|u|m|k|M|G|T|P|E|Ki|Mi|Gi|Ti|Pi|Ei|[eE][+-]?[0-9]{1,2})?"
).fullmatch

_FACTORS: dict[str, float] = {
    **{unit: 10.0**power for power, unit in zip(range(-9, 19, 3), "num kMGTPE", strict=True)},
    **{f"{unit}i": 1024.0**power for power, unit in enumerate("KMGTPE", 1)},
}
_FACTORS[""] = _FACTORS.pop(" ")

_share = regex(r"([0-9]{1,4})(%?)").fullmatch

WHOLE = 100
"""Per cent."""


def quantity(text: str) -> float | None:
    """An amount as a number, ``None`` of what is none."""
    return _number(text) if len(text) <= MAX_CHARS else None


@lru_cache(maxsize=4096)
def _number(text: str) -> float | None:
    found = _quantity(text.strip())
    if found is None:
        return None
    number, unit = float(found[1]), found[2] or ""
    return number * _FACTORS[unit] if unit in _FACTORS else float(f"{number}{unit}")


def given(container: Container, kind: str, resource: str) -> str:
    """What a container requests or is limited to, as written; empty where it says nothing."""
    return container.body.map("resources").map(kind).text(resource)


def lacking(pod: Pod, kind: str, resource: str) -> Iterator[Container]:
    """Containers that neither have this request or limit nor get it from elsewhere in the pod.

    A limit is the request too where there is none, and a pod's own holds for all in it. Containers
    without an image are patches of others.
    """
    kinds = (REQUESTS, LIMITS) if kind == REQUESTS else (LIMITS,)
    whole = pod.spec.map("resources")
    if any(resource in whole.map(each) for each in kinds):
        return
    for each in pod.containers(*RESOURCED):
        own = each.body.map("resources")
        if "image" in each.body and not any(resource in own.map(one) for one in kinds):
            yield each


def line_of_lack(container: Container, kind: str) -> int:
    """Where a request or limit that is missing would stand."""
    resources = container.body.map("resources")
    return resources.line_of(kind) if resources else container.body.line_of("resources")


def pods_of(holder: Map, key: str, total: int, *, up: bool) -> int | None:
    """A number or share of so many pods (``2``, ``50%``); ``None`` where there is none.

    Shares are rounded ``up`` or down.
    """
    found = _share(holder.text(key).strip())
    if found is None:
        return None
    number = int(found[1])
    if not found[2]:
        return number
    exact = number * total / WHOLE
    return ceil(exact) if up else int(exact)
