"""Values over values, as Helm lays them."""

from collections.abc import Mapping
from typing import Any


def over(values: Mapping[str, Any], others: Mapping[str, Any]) -> dict[str, Any]:
    """Values, overridden by others: mappings are merged, all else is replaced."""
    done = dict(values)
    for key, value in others.items():
        below = done.get(key)
        both = isinstance(below, Mapping) and isinstance(value, Mapping)
        done[key] = over(below, value) if both and isinstance(below, Mapping) else value
    return done
