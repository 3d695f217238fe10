"""What is accepted: from options, a policy file and the settings."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from hullmark.apps.cli.own_files import content, keys, spelled
from hullmark.model import Policy, PolicyError, Severity
from hullmark.policy.thresholds import of_file

if TYPE_CHECKING:
    from hullmark.policy.licences import Lists

MAX_BYTES = 1024 * 1024
"""Of a policy: as much as of settings."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Accepted:
    """A policy, and the licences that may be used: ``None`` where nobody lists any."""

    policy: Policy
    licences: "Lists | None" = None


def accepted(options: Mapping[str, object], settings: str) -> Accepted:
    """The policy of these options; ``settings`` is a file that is obeyed, or empty."""
    gate = options["fail_on"]
    policy = Policy(
        fail_on=Severity[str(gate).upper()] if gate else None,
        allowed_gaps=_texts(options["allow_gaps"]),
    )
    listed = []
    if settings and "licences" in (value := keys(content(settings, MAX_BYTES), settings)):
        listed.append((value["licences"], f"{spelled(settings)}: licences"))
    if path := str(options["policy_file"] or ""):
        from hullmark.model.yaml import item_lines  # noqa: PLC0415 - YAML takes 20 ms

        data = content(path, MAX_BYTES)
        value = keys(data, path)
        said = of_file(value, spelled(path), item_lines(data) if value else {})
        policy = Policy(
            fail_on=policy.fail_on,
            thresholds=said.thresholds,
            allowed_gaps=(*policy.allowed_gaps, *said.allowed_gaps),
        )
        if "licences" in value:
            listed.append((value["licences"], f"{spelled(path)}: licences"))
    if not listed:
        return Accepted(policy=policy)
    from hullmark.policy.licences import lists  # noqa: PLC0415 - names of all licences

    return Accepted(policy=policy, licences=lists(listed))


def _texts(value: object) -> tuple[str, ...]:
    if not isinstance(value, (tuple, list)):
        raise PolicyError("options", f"a list is wanted, not {value!r}")
    return tuple(str(each) for each in value)
