"""What users' files are made of: lists and mappings, or an error that names the place."""

from collections.abc import Mapping, Sequence

from hullmark.model import PolicyError


def listed(value: object, at: str) -> Sequence[object]:
    """A list; nothing is an empty one."""
    if value is None:
        return ()
    if not isinstance(value, list):
        raise PolicyError(at, "a list is wanted")
    return value


def mapped(value: object, at: str) -> Mapping[str, object]:
    """Keys with values."""
    if not isinstance(value, dict):
        raise PolicyError(at, "keys with values are wanted")
    return value
