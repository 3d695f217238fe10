"""Rules of AppArmor profiles, and which of those that deny outweigh one that allows.

Format: https://manpages.debian.org/bookworm/apparmor/apparmor.d.5.en.html, and for priorities
https://manpages.ubuntu.com/manpages/plucky/man5/apparmor.d.5.html#rule-qualifiers
"""

from collections.abc import Hashable

from msgspec import Struct, field

from hullmark.model.later import regex

KINDS = frozenset(
    (
        *("capability", "change_hat", "change_profile", "dbus", "file", "io_uring", "link"),
        *("mount", "mqueue", "network", "pivot_root", "ptrace", "remount", "rlimit", "set"),
        *("signal", "umount", "unix", "userns", "all"),
    )
)
"""Words that rules begin with; others begin with a path, or with what may be done to one."""

MAX_PRIORITY = 1000
"""Of the manual; a rule without one has 0."""

_TRACING = frozenset(("trace", "write", "w", "rw", "wr"))

Branch = tuple[int, ...]
"""The blocks of ``if`` and ``else`` that a rule stands in, the outermost first."""

_qualified = regex(
    r"(?:(?:audit|access|allow|deny|prompt|quiet|owner|other|priority\s*=\s*[-+]?[0-9]+)\s+)*"
).match
_priority = regex(r"priority\s*=\s*([-+]?[0-9]+)").search
_word = regex(r'(?:"[^"]*"|\\.|[^\s"\\])+').findall
_peers = regex(r"\bpeer\s*=\s*|->").search
_permissions = regex(r"[rwaxmlkpPcCuUiRWAXMLK]+\Z").match
_LOWER = str.maketrans("RWAXMLK", "rwaxmlk")


class Rule(Struct, frozen=True, kw_only=True):
    """One rule: its ``kind`` (``file`` of paths), what follows, and whether it takes away.

    Of a file ``path`` is what it is for, empty for all, ``may`` the letters of what may be done,
    and ``owned`` says that it is for files of the process's own user alone. ``text`` is the rule
    as it is written.
    """

    kind: str
    text: str
    rest: str
    line: int
    denies: bool = False
    path: str = ""
    may: str = ""
    owned: bool = False
    priority: int = 0
    branch: Branch = ()

    @property
    def is_whole(self) -> bool:
        """Whether it is for all that there is of its kind."""
        return not self.path and self.rest in ("", "file")

    @property
    def is_tracing(self) -> bool:
        """Whether processes may be traced by it, rather than looked at, or traced by others."""
        may = {*_peer(self.rest)[0].replace(",", " ").strip(" ()").split()}
        return self.kind == "ptrace" and (not may or bool(may & _TRACING))

    @property
    def peer(self) -> str:
        """The profile of a peer, or the one that is changed to; empty where it is any."""
        return _peer(self.rest)[1].strip().strip('"')


class Denials(Struct):
    """What rules deny: kinds, letters of paths, whatever is asked for, each with its weight."""

    _priorities: dict[tuple[Hashable, bool, Branch], int] = field(default_factory=dict)

    def add(self, what: Hashable, rule: Rule) -> None:
        """Take what a rule denies."""
        key = (what, rule.owned, rule.branch)
        self._priorities[key] = max(rule.priority, self._priorities.get(key, rule.priority))

    def hold(self, what: Hashable, rule: Rule) -> bool:
        """Whether something stays denied though a rule allows it.

        A denial of a lower priority does not, nor one of another branch, nor one for files of the
        own user where the rule is for all.
        """
        if not self._priorities:
            return False
        owned = (False, True) if rule.owned else (False,)
        found = (
            self._priorities.get((what, each, rule.branch[:depth]))
            for each in owned
            for depth in range(len(rule.branch) + 1)
        )
        return any(each is not None and each >= rule.priority for each in found)


def words(text: str) -> list[str]:
    """The words of a text, without their quotes."""
    return [each.strip('"') for each in _word(text)]


def is_qualifier(text: str) -> bool:
    """Whether text before a block is qualifiers of the rules in it, or nothing."""
    matched = _qualified(f"{text} ")
    return matched is not None and not f"{text} "[matched.end() :].strip()


def read_rule(text: str, line: int, *, before: str = "", branch: Branch = ()) -> Rule:
    """A rule as it is written, with the qualifiers ``before`` the blocks that it stands in.

    Raises ``ValueError`` for a priority that there is not.
    """
    whole = f"{before} {text}".lstrip()
    matched = _qualified(whole)
    qualifiers, rest = (matched[0], whole[matched.end() :]) if matched else ("", whole)
    denies, owned = "deny" in qualifiers, "owner" in qualifiers
    said = words(rest)
    kind = said[0] if said else ""
    path = may = ""
    if kind in KINDS and kind != "file":
        rest = rest[len(kind) :].strip()
    else:
        said = said[1:] if kind == "file" else said
        path = next((each for each in said if each.startswith(("/", "@{"))), "")
        may = next((each for each in said if _permissions(each)), "").translate(_LOWER)
        if said:
            kind = "file" if path or kind == "file" else "other"
    return Rule(
        kind=kind,
        text=text,
        rest=rest,
        line=line,
        denies=denies,
        path=path,
        may=may,
        owned=owned,
        priority=_weight(qualifiers, line),
        branch=branch,
    )


def _peer(rest: str) -> tuple[str, str]:
    """What stands before and after the sign of a peer; all is before where there is none."""
    found = _peers(rest)
    return (rest[: found.start()], rest[found.end() :]) if found else (rest, "")


def _weight(qualifiers: str, line: int) -> int:
    found = _priority(qualifiers)
    if not found:
        return 0
    priority = int(found[1][:8])
    if abs(priority) > MAX_PRIORITY:
        raise ValueError(f"a priority beyond {MAX_PRIORITY}, line {line}")
    return priority
