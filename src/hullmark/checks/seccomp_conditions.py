"""What conditions of seccomp rules come to: which of them hold for every call, alone or together.

Operators: https://man7.org/linux/man-pages/man3/seccomp_rule_add.3.html. Conditions of one rule
hold together; where two of them are of one argument, runtimes make rules of their own of each:
https://github.com/opencontainers/runc/issues/2735. Of a masked comparison libseccomp compares what
is within the mask, on both sides.
"""

from collections.abc import Iterable, Iterator

from hullmark.model.placed import Map

LAST = 2**64 - 1
"""The largest argument of a system call."""

MAX_VERSION_CHARS = 32
"""Ours, of a kernel's version; people write some six."""

OLDEST_KERNEL = (4, 18)
"""The oldest kernel that a distribution with containers supports: that of RHEL 8, until 2029."""

USUAL_CAPABILITIES = frozenset(
    f"CAP_{each}"
    for each in (
        *("AUDIT_WRITE", "CHOWN", "DAC_OVERRIDE", "FOWNER", "FSETID", "KILL", "MKNOD"),
        *("NET_BIND_SERVICE", "NET_RAW", "SETFCAP", "SETGID", "SETPCAP", "SETUID", "SYS_CHROOT"),
    )
)
"""Those that engines give to every container. Source:
https://docs.docker.com/engine/containers/run/#runtime-privilege-and-linux-capabilities"""

Alternative = tuple[Map, ...]
"""Conditions that hold together."""


def version(kernel: str) -> tuple[int, ...]:
    """The numbers of a kernel's version (``4.8``); none where it is no version."""
    parts = kernel.split(".")
    if len(kernel) > MAX_VERSION_CHARS or not all(each.isdecimal() for each in parts):
        return ()
    return tuple(map(int, parts))


def is_everywhere(kernel: str) -> bool:
    """Whether every kernel that is supported is of this version or newer."""
    return () < version(kernel) <= OLDEST_KERNEL


def alternatives(conditions: Iterable[Map]) -> Iterator[Alternative]:
    """The rules that a runtime makes of one, without conditions that always hold."""
    found = [*conditions]
    places = [each.number("index") or 0 for each in found]
    made = [(each,) for each in found] if len({*places}) < len(places) else [tuple(found)]
    return (tuple(each for each in one if not covers((each,))) for one in made)


def always(rules: Iterable[Alternative]) -> bool:
    """Whether one of these rules holds for every call, by itself or with others of its argument.

    Those are compared as ranges, or by one mask; what takes both, or several arguments, to hold
    always is taken for a condition.
    """
    of_argument: dict[int, list[Map]] = {}
    for each in rules:
        if not each:
            return True
        if len(each) == 1:
            of_argument.setdefault(each[0].number("index") or 0, []).append(each[0])
    return any(covers(each) for each in of_argument.values())


def covers(conditions: Iterable[Map]) -> bool:
    """Whether for every value of an argument one of these conditions of it holds."""
    ranges: list[tuple[int, int]] = []
    masked: dict[int, set[int]] = {}
    for each in conditions:
        value, other = each.number("value") or 0, each.number("valueTwo") or 0
        if each.text("op") == "SCMP_CMP_MASKED_EQ":
            masked.setdefault(value & LAST, set()).add(other & value & LAST)
        else:
            ranges += _ranges(each.text("op"), value)
    if any(len(found) == 1 << mask.bit_count() for mask, found in masked.items()):
        return True
    reached = -1
    for first, last in sorted(ranges):
        if first > reached + 1:
            return False
        reached = max(reached, last)
    return reached >= LAST


def _ranges(operator: str, value: int) -> Iterator[tuple[int, int]]:
    """The values for which a comparison holds, first and last of each range."""
    below, above = (0, value - 1), (value + 1, LAST)
    held = {
        "SCMP_CMP_EQ": ((value, value),),
        "SCMP_CMP_NE": (below, above),
        "SCMP_CMP_LT": (below,),
        "SCMP_CMP_LE": ((0, value),),
        "SCMP_CMP_GE": ((value, LAST),),
        "SCMP_CMP_GT": (above,),
    }
    return (each for each in held.get(operator, ()) if each[0] <= each[1])
