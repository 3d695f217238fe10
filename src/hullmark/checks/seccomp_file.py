"""Seccomp profiles as runtimes of containers read them: JSON, with the line of every rule.

Format: https://github.com/opencontainers/runtime-spec/blob/main/config-linux.md#seccomp, and what
engines add (``archMap``, ``includes``, ``excludes``):
https://docs.docker.com/engine/security/seccomp/
"""

from collections.abc import Collection, Iterator

from msgspec import Struct

from hullmark.model import Evidence, File, ParseError
from hullmark.model.documents import DocumentError
from hullmark.model.placed import Map, documents

MAX_PROFILE_BYTES = 1024 * 1024
"""Ours: those that engines ship have some 20 KB."""

MAX_NAMED = 4
"""System calls that are named in what is said of a rule."""

ALLOW, LOG, ERRNO = "SCMP_ACT_ALLOW", "SCMP_ACT_LOG", "SCMP_ACT_ERRNO"
LETTING = frozenset((ALLOW, LOG))
"""Actions by which a call is made."""

ACTIONS = frozenset(
    (
        *(ALLOW, LOG, ERRNO, "SCMP_ACT_KILL", "SCMP_ACT_KILL_PROCESS", "SCMP_ACT_KILL_THREAD"),
        *("SCMP_ACT_TRAP", "SCMP_ACT_TRACE", "SCMP_ACT_NOTIFY"),
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
    def is_conditional(self) -> bool:
        """Whether it holds for certain arguments alone, or where a capability or kernel is there.

        Machines are no condition: a profile is for those that it names. Nor is what is left out,
        as containers have few capabilities.
        """
        wanted = self.body.map("includes")
        return any((self.body.get("args"), wanted.get("caps"), wanted.get("minKernel")))


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

    def letting(self, names: Collection[str]) -> Iterator[Evidence]:
        """Evidence of every rule that lets any of these calls be made, on no condition."""
        for each in self.rules():
            found = sorted({*names} & {*each.names})
            if each.action in LETTING and found and not each.is_conditional:
                more = f" and {len(found) - MAX_NAMED} more" if len(found) > MAX_NAMED else ""
                says = f"the profile allows {', '.join(found[:MAX_NAMED])}{more}"
                yield Evidence(at=each.at, says=says, line=each.body.line)

    def tell(self, key: str, says: str) -> Evidence:
        """What is wrong with a key of the profile."""
        return Evidence(at=key, says=says, line=self.body.line_of(key))


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
