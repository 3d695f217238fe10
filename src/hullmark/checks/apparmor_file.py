"""AppArmor profiles: each with its flags and its rules, and the lines of both.

Format: https://manpages.debian.org/bookworm/apparmor/apparmor.d.5.en.html
"""

from collections.abc import Iterator, Mapping

from msgspec import Struct, field

from hullmark.checks.apparmor_globs import MAX_GLOB_CHARS, matches
from hullmark.model import Evidence, File, ParseError
from hullmark.model.later import regex

MAX_PROFILE_BYTES = 1024 * 1024
"""Ours: the largest that distributions ship have some 50 KB."""

MAX_DEPTH = 32
"""Of blocks in blocks; profiles have hats in profiles, and conditions."""

MAX_STATEMENT_CHARS = 16 * 1024
"""Of one rule or head; people write a few hundred."""

MAX_SHOWN_CHARS = 80
"""Of a rule, in what is said of it."""

KINDS = frozenset(
    (
        *("capability", "change_hat", "change_profile", "dbus", "file", "io_uring", "link"),
        *("mount", "mqueue", "network", "pivot_root", "ptrace", "remount", "rlimit", "set"),
        *("signal", "umount", "unix", "userns", "all"),
    )
)
"""Words that rules begin with; others begin with a path, or with what may be done to one."""

_SAMPLES = (
    *("/bin/sh", "/boot/vmlinuz", "/dev/sda", "/etc/passwd", "/home/web/.ssh/id_rsa"),
    *("/lib/libc.so.6", "/opt/web/bin/web", "/proc/sys/kernel/core_pattern", "/root/.bashrc"),
    *("/run/web.sock", "/srv/web/html/index.html", "/sys/kernel/uevent_helper"),
    *("/usr/lib/x86_64-linux-gnu/libc.so.6", "/var/lib/web/data/1"),
)
"""Files of all folders of a system: what is for each of them is for everything."""

_sign = regex(rb"(?m)^[ \t]*(?:profile[ \t]|[\"]?/(?![/*])|@\{)[^\n]*").search
_head = regex(r"(?:profile\s|hat\s|\^|/(?![/*])|@\{|\"/)").match
_flags = regex(r"flags\s*=\s*\(([^)]*)\)|\(([^)=]*)\)\s*\Z").search
_before = regex(r"(?:(?:audit|quiet|allow|owner|other|priority\s*=\s*-?[0-9]+)\s+)*").match
_denied = regex(r"deny\s+").match
_variable = regex(r"\s*@\{(\w+)\}\s*(\+?=)").match
_permissions = regex(r"[rwaxmlkpPcCuUi]+\Z").match


class Rule(Struct, frozen=True, kw_only=True):
    """One rule: its ``kind`` (``file`` of paths), what follows, and whether it takes away.

    Of a file ``path`` is what it is for, empty for all, and ``may`` the letters of what may be
    done; ``text`` is the rule as it is written.
    """

    kind: str
    text: str
    rest: str
    line: int
    denies: bool = False
    path: str = ""
    may: str = ""

    @property
    def is_whole(self) -> bool:
        """Whether it is for all that there is of its kind."""
        return not self.path and self.rest in ("", "file")


class Profile(Struct, kw_only=True):
    """One profile, or a hat or child in another; ``name`` is how it is told of.

    ``variables`` are those of its file, ``kept`` what was worked out of files that it denies.
    """

    name: str
    line: int
    flags: frozenset[str]
    rules: list[Rule] = field(default_factory=list)
    variables: Mapping[str, list[str]] = field(default_factory=dict)
    kept: dict[tuple[str, ...], dict[str, set[str]]] = field(default_factory=dict)

    def of(self, *kinds: str) -> Iterator[Rule]:
        """Rules of these kinds that allow something; what is denied whole, nothing allows.

        That is so wherever a rule that denies stands.
        """
        gone = {each.kind for each in self.rules if each.denies and each.is_whole}
        if "all" in gone:
            return iter(())
        allowed = (each for each in self.rules if each.kind in kinds and not each.denies)
        return (each for each in allowed if each.kind not in gone)

    def denied(self, *kinds: str) -> Iterator[Rule]:
        """Rules of these kinds that take something away."""
        return (each for each in self.rules if each.kind in kinds and each.denies)

    def is_for(self, glob: str, text: str) -> bool:
        """Whether a glob of a rule of it matches a path or a name."""
        return matches(glob.strip('"'), text, self.variables)

    def written(self, rule: Rule, paths: tuple[str, ...]) -> list[str]:
        """Those of these files that a rule lets be written, and none denies."""
        may = {*"wa"} if rule.is_whole or "w" in rule.may else {*"wa"} & {*rule.may}
        if not may:
            return []
        denied = self._denied(paths)
        left = [path for path in paths if may - denied[path]]
        return left if rule.is_whole else [each for each in left if self.is_for(rule.path, each)]

    def writes_everywhere(self, rule: Rule) -> bool:
        """Whether a rule is for the files of every folder, and leaves some open to be written."""
        is_for_all = rule.is_whole or all(self.is_for(rule.path, each) for each in _SAMPLES)
        return is_for_all and bool(self.written(rule, _SAMPLES))

    def _denied(self, paths: tuple[str, ...]) -> dict[str, set[str]]:
        """What rules deny of each file, worked out once; who may not write may not append."""
        found = self.kept.get(paths)
        if found is None:
            found = self.kept[paths] = {path: set() for path in paths}
            for each in self.denied("file"):
                for path in paths:
                    if self.is_for(each.path, path):
                        found[path] |= {*"wa"} if "w" in each.may else {*each.may}
        return found

    def tell(self, says: str, rule: Rule | None = None) -> Evidence:
        """What is wrong with the profile, or with a rule of it."""
        if rule is None:
            return Evidence(at=f"profile {self.name}", says=says, line=self.line)
        shown = " ".join(rule.text.split())[:MAX_SHOWN_CHARS]
        return Evidence(at=f"profile {self.name}: {shown}", says=says, line=rule.line)


class AppArmor(Struct, frozen=True):
    """All profiles of a file, in the order in which they begin."""

    profiles: tuple[Profile, ...]


def apparmor_file(file: File) -> AppArmor | None:
    """The profiles of a file; ``None`` where it has none.

    Raises ``ParseError`` for one that breaks off, or that is more than what is read.
    """
    data = file.read(0, MAX_PROFILE_BYTES)
    if b"\0" in data or not _sign(data):
        return None
    if file.size > MAX_PROFILE_BYTES:
        raise ParseError(file.path, f"more than the {MAX_PROFILE_BYTES} bytes that are read")
    found: list[Profile] = []
    around: list[Profile | None] = []
    variables: dict[str, list[str]] = {}
    try:
        for end, text, line in _statements(data.decode(errors="replace")):
            _take(end, text, line, found, around)
            _define(text, line, variables)
    except ValueError as error:
        if not found and not _is_named(file.path):
            return None
        raise ParseError(file.path, str(error)) from error
    if around and found:
        raise ParseError(file.path, "ends in the middle of a profile")
    for each in found:
        each.variables = variables
    return AppArmor(tuple(found)) if found else None


def _define(text: str, line: int, variables: dict[str, list[str]]) -> None:
    """Take the values of a variable; ``+=`` adds to those before."""
    named = _variable(text)
    if named:
        held = variables.get(named[1], []) if named[2] == "+=" else []
        values = [*held, *(each.strip('"') for each in text[named.end() :].split())]
        if sum(map(len, values)) > MAX_GLOB_CHARS:
            raise ValueError(f"a variable of more than {MAX_GLOB_CHARS} characters, line {line}")
        variables[named[1]] = values


def _is_named(path: str) -> bool:
    """Whether a file is a profile by its name: a folder ``apparmor`` also holds programs."""
    return path.endswith(".apparmor") or "apparmor.d" in path.split("/")


def _take(
    end: str, text: str, line: int, found: list[Profile], around: list[Profile | None]
) -> None:
    """Take one statement; ``around`` are the open blocks, ``None`` for those of no profile."""
    if len(text) > MAX_STATEMENT_CHARS:
        raise ValueError(f"a rule of more than {MAX_STATEMENT_CHARS} characters, line {line}")
    if end == "{":
        if len(around) >= MAX_DEPTH:
            raise ValueError(f"blocks nested deeper than {MAX_DEPTH}, line {line}")
        profile = _profile(text, line) if _head(text) else None
        found += [profile] if profile else []
        around.append(profile)
    elif end == "}":
        if not around:
            raise ValueError(f"a block ends that never began, line {line}")
        around.pop()
    elif text and not _alone(text):
        inner = next((each for each in reversed(around) if each), None)
        if inner:
            inner.rules.append(_rule(text, line))


def _profile(head: str, line: int) -> Profile:
    flags = _flags(head)
    words = head[: flags.start()].split() if flags else head.split()
    name = next((each for each in words if each not in ("profile", "hat")), "")
    said = ((flags[1] or flags[2] or "") if flags else "").replace(",", " ").split()
    return Profile(name=name.strip('"')[:MAX_SHOWN_CHARS], line=line, flags=frozenset(said))


def _rule(text: str, line: int) -> Rule:
    matched = _before(text)
    rest = text[matched.end() :] if matched else text
    denied = _denied(rest)
    if denied:
        rest = rest[denied.end() :]
        again = _before(rest)
        rest = rest[again.end() :] if again else rest
    words = rest.split()
    kind = words[0] if words else ""
    if kind in KINDS and kind != "file":
        after = rest[len(kind) :].strip()
        return Rule(kind=kind, text=text, rest=after, line=line, denies=bool(denied))
    words = words[1:] if kind == "file" else words
    path = next((each.strip('"') for each in words if each.startswith(("/", '"/', "@{"))), "")
    if words and not path:
        kind = kind if kind == "file" else "other"
    may = next((each for each in words if _permissions(each)), "")
    kind = "file" if path else kind
    return Rule(kind=kind, text=text, rest=rest, line=line, denies=bool(denied), path=path, may=may)


def _statements(text: str) -> Iterator[tuple[str, str, int]]:
    """What ends a statement (``,``, ``{``, ``}``, or a line of its own), the statement, its line.

    A brace within a word is an alternation of paths or a variable, commas in it and in brackets
    and quotes end nothing.
    """
    for number, words in _joined(text):
        if _variable(words):
            yield "", words.strip(), number
            continue
        held, line = "", number
        depth, quoted = 0, False
        for index, sign in enumerate(words):
            if quoted or depth:
                quoted = quoted and sign != '"'
                depth += (sign in "({") - (sign in ")}") if not quoted else 0
                held += sign
            elif sign == "{" and _opens(held, words, index):
                yield "{", held.strip(), line
                held = ""
            elif sign == "}":
                yield "", held.strip(), line
                yield "}", "", line
                held = ""
            elif sign == "," and (index + 1 == len(words) or words[index + 1].isspace()):
                yield ",", held.strip(), line
                held = ""
            else:
                quoted, depth = sign == '"', int(sign in "({")
                held += sign
        yield "", held.strip(), line


_alternation = regex(r"\{\S{1,256}\}").match


def _opens(held: str, words: str, index: int) -> bool:
    """Whether a brace opens a block: after space, and not alternatives in a rule."""
    is_within = bool(held) and not held[-1].isspace() and held[-1] != ")"
    if is_within or len(held) > MAX_STATEMENT_CHARS:
        return False
    is_rule = bool(held.strip()) and not _head(held.lstrip())
    return not (is_rule and _alternation(words, index))


_ends = regex(r"[,{}]\s*\Z").search
_alone = regex(r"\s*(?:#?include\b|@\{[^}]*\}\s*\+?=|\$\{?\w+\}?\s*\+?=)").match
MAX_JOINED_LINES = 100
"""Of one statement; heads and lists of mount options take a few lines."""


def _joined(text: str) -> Iterator[tuple[int, str]]:
    """Lines without comments, each with those that go on with its statement."""
    held, begun, count = "", 0, 0
    for number, line in enumerate(text.split("\n"), 1):
        bare = line if line.lstrip().startswith("#include") else _uncommented(line)
        if not bare.strip():
            continue
        begun = begun if held else number
        held, count = f"{held} {bare}" if held else bare, count + 1
        if _ends(held) or _alone(held) or count >= MAX_JOINED_LINES:
            yield begun, held
            held, count = "", 0
    if held:
        yield begun, held


def _uncommented(line: str) -> str:
    """A line up to its comment, which begins a line or follows a space."""
    quoted = False
    for index, sign in enumerate(line):
        quoted ^= sign == '"'
        if sign == "#" and not quoted and (index == 0 or line[index - 1] in " \t,{}"):
            return line[:index]
    return line
