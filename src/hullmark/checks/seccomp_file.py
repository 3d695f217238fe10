"""Seccomp profiles as runtimes of containers read them: JSON, with the line of every rule.

Format: https://github.com/opencontainers/runtime-spec/blob/main/config-linux.md#seccomp, and what
engines add (``archMap``, ``includes``, ``excludes``):
https://docs.docker.com/engine/security/seccomp/. They are read as those engines read them:
containerd passes over what engines add, so that there a rule holds whatever it includes.
"""

from collections.abc import Collection, Iterator

from msgspec import Struct

from hullmark.checks.seccomp_conditions import (
    USUAL_CAPABILITIES,
    Alternative,
    alternatives,
    always,
    is_everywhere,
    version,
)
from hullmark.model import Evidence, File, ParseError
from hullmark.model.documents import DocumentError
from hullmark.model.placed import Map, documents

MAX_PROFILE_BYTES = 1024 * 1024
"""Ours: those that engines ship have some 20 KB."""

MAX_NAMED = 4
"""System calls that are named in what is said of a rule."""

ALLOW, LOG, ERRNO = "SCMP_ACT_ALLOW", "SCMP_ACT_LOG", "SCMP_ACT_ERRNO"
NOTIFY = "SCMP_ACT_NOTIFY"
LETTING = frozenset((ALLOW, LOG))
"""Actions by which a call is made."""

ACTIONS = frozenset(
    (
        *(ALLOW, LOG, ERRNO, "SCMP_ACT_KILL", "SCMP_ACT_KILL_PROCESS", "SCMP_ACT_KILL_THREAD"),
        *("SCMP_ACT_TRAP", "SCMP_ACT_TRACE", NOTIFY),
    )
)

_KEY, _CALLS, _ACTION = b'"defaultAction"', b'"syscalls"', b'"SCMP_ACT_'


class Calls(Struct, frozen=True):
    """One rule: the system calls that it names, and what becomes of them."""

    body: Map
    at: str

    @property
    def names(self) -> list[str]:
        """The calls, by either way of writing them."""
        return [*self.body.texts("names"), *self.body.texts("name")]

    @property
    def action(self) -> str:
        """What becomes of them."""
        return self.body.text("action")

    @property
    def is_bound(self) -> bool:
        """Whether it holds only where a capability is given that containers do not have anyway.

        Machines and kernels are no condition: a profile is for those that it names. Nor is what is
        left out, as containers have few capabilities.
        """
        return not {*self.body.map("includes").texts("caps")} <= USUAL_CAPABILITIES

    @property
    def kernel(self) -> str:
        """The version of the oldest kernel that has the rule; empty where all have it."""
        return self.body.map("includes").text("minKernel")

    @property
    def is_never(self) -> bool:
        """Whether no kernel that is supported has the rule."""
        kernel = self.body.map("excludes").text("minKernel")
        return bool(kernel) and is_everywhere(kernel)

    @property
    def alternatives(self) -> list[Alternative]:
        """The conditions on arguments under which it holds, of which one must."""
        return [*alternatives(self.body.maps("args"))]


class Seccomp(Struct, frozen=True):
    """A whole profile."""

    body: Map

    @property
    def default(self) -> str:
        """What becomes of calls that no rule names."""
        return self.body.text("defaultAction")

    def rules(self) -> Iterator[Calls]:
        """Every rule."""
        for index, each in enumerate(self.body.items_of("syscalls")):
            if isinstance(each, Map):
                yield Calls(each, f"syscalls[{index}]")

    def letting(self, names: Collection[str], *, sound: str = "") -> Iterator[Evidence]:
        """Evidence of every rule that lets any of these calls be made, whatever their arguments.

        Of rules that do so only together the last is told. Those for kernels alone that are
        ``sound``, of that version or newer, are none.
        """
        naming: dict[str, list[Calls]] = {}
        for each in self.rules():
            is_sound = bool(sound) and version(each.kernel) >= version(sound)
            if each.action in LETTING and not (each.is_bound or each.is_never or is_sound):
                for name in {*names} & {*each.names}:
                    naming.setdefault(name, []).append(each)
        found: dict[str, list[str]] = {}
        for name, rules in sorted(naming.items()):
            for each in _letting(rules):
                found.setdefault(each.at, []).append(name)
        for each in self.rules():
            named = found.get(each.at, [])
            if named:
                more = f" and {len(named) - MAX_NAMED} more" if len(named) > MAX_NAMED else ""
                says = f"the profile allows {', '.join(named[:MAX_NAMED])}{more}"
                yield Evidence(at=each.at, says=says, line=each.body.line)

    def tell(self, key: str, says: str) -> Evidence:
        """What is wrong with a key of the profile."""
        return Evidence(at=key, says=says, line=self.body.line_of(key))


def _letting(rules: list[Calls]) -> list[Calls]:
    """Those of the rules for a call that hold always, or the last where all do so together."""
    alone = [each for each in rules if always(each.alternatives)]
    if alone:
        return alone
    return rules[-1:] if always(one for each in rules for one in each.alternatives) else []


def seccomp_file(file: File) -> Seccomp | None:
    """The profile that a file holds; ``None`` for other JSON.

    Raises ``ParseError`` for a profile that breaks off, or that is more than what is read.
    """
    data = file.read(0, MAX_PROFILE_BYTES)
    if _KEY not in data or not (_ACTION in data or _CALLS in data):
        return None
    if file.size > MAX_PROFILE_BYTES:
        if _ACTION not in data:
            return None
        raise ParseError(file.path, f"more than the {MAX_PROFILE_BYTES} bytes that are read")
    try:
        body = next(documents(data), None)
    except DocumentError as error:
        raise ParseError(file.path, str(error).replace("not YAML", "not JSON")) from error
    if not isinstance(body, Map) or "defaultAction" not in body:
        return None
    is_profile = "syscalls" in body or body.text("defaultAction").startswith("SCMP_ACT_")
    return Seccomp(body) if is_profile else None
