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
"""Ours: those that engines ship have some 20 KB. Larger JSON is taken for no profile."""

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

_SIGNS = (b'"defaultAction"', b'"syscalls"')


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
        """Whether it holds for certain arguments, capabilities, kernels or machines alone."""
        return any(self.body.get(key) for key in ("args", "includes", "excludes"))


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

    Raises ``ParseError`` for a profile that breaks off.
    """
    if file.size > MAX_PROFILE_BYTES:
        return None
    data = file.read(0, MAX_PROFILE_BYTES)
    if not all(sign in data for sign in _SIGNS):
        return None
    try:
        body = next(documents(data), None)
    except DocumentError as error:
        raise ParseError(file.path, str(error).replace("not YAML", "not JSON")) from error
    is_profile = isinstance(body, Map) and "defaultAction" in body and "syscalls" in body
    return Seccomp(body) if isinstance(body, Map) and is_profile else None
