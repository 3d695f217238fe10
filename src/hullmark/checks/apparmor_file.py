"""AppArmor profiles: each with its flags and its rules, and the lines of both.

Format: https://manpages.debian.org/bookworm/apparmor/apparmor.d.5.en.html
"""

from collections.abc import Callable, Hashable, Iterable, Iterator, Mapping

from msgspec import Struct, field

from hullmark.checks.apparmor_globs import MAX_GLOB_CHARS, matches, undefined
from hullmark.checks.apparmor_rules import Branch, Denials, Rule, is_qualifier, read_rule, words
from hullmark.model import Evidence, File, ParseError
from hullmark.model.later import regex

MAX_PROFILE_BYTES = 1024 * 1024
"""Ours: the largest that distributions ship have some 50 KB."""

MAX_DEPTH = 32
"""Of blocks in blocks; profiles have hats in profiles, and conditions."""

MAX_STATEMENT_CHARS = 16 * 1024
"""Of one rule or head; people write a few hundred."""

MAX_WORD_CHARS = 64
"""Of a word of the language; what is longer is a path or a name."""

MAX_SHOWN_CHARS = 80
"""Of a rule, in what is said of it."""

_SAMPLES = (
    *("/bin/sh", "/boot/vmlinuz", "/dev/sda", "/etc/passwd", "/home/web/.ssh/id_rsa"),
    *("/lib/libc.so.6", "/opt/web/bin/web", "/proc/sys/kernel/core_pattern", "/root/.bashrc"),
    *("/run/web.sock", "/srv/web/html/index.html", "/sys/kernel/uevent_helper"),
    *("/usr/lib/x86_64-linux-gnu/libc.so.6", "/var/lib/web/data/1"),
)
"""Files of all folders of a system: what is for each of them is for everything."""

KERNEL_PLACES = {
    "/proc/sys": (
        *("/proc/sys/kernel/core_pattern", "/proc/sys/kernel/modprobe"),
        *("/proc/sys/fs/binfmt_misc/register", "/proc/sys/vm/panic_on_oom"),
    ),
    "/proc/sysrq-trigger": ("/proc/sysrq-trigger",),
    "/sys": ("/sys/kernel/uevent_helper", "/sys/firmware/efi/vars/new_var", "/sys/class/mem/mem"),
}
"""Files of each place by which the kernel of the node is changed, or runs a program."""

KERNEL_FILES = tuple(path for paths in KERNEL_PLACES.values() for path in paths)

_sign = regex(rb"(?m)^[ \t]*(?:profile[ \t]|[\"]?/(?![/*])|@\{)[^\n]*").search
_head = regex(r"(?:profile\s|hat\s|\^|/(?![/*])|@\{|\"/)").match
_flags = regex(r"flags\s*=\s*\(([^)]*)\)|\(([^)=]*)\)\s*\Z").search
_variable = regex(r"\s*@\{(\w+)\}\s*(\+?=)").match
_WRITING = "wa"
"""Letters of what changes files."""


class Profile(Struct, kw_only=True):
    """One profile, or a hat or child in another; ``name`` is how it is told of.

    ``variables`` are those of its file, ``kept`` what was worked out of what it denies.
    """

    name: str
    line: int
    flags: frozenset[str]
    rules: list[Rule] = field(default_factory=list)
    variables: Mapping[str, list[str]] = field(default_factory=dict)
    kept: dict[Hashable, Denials] = field(default_factory=dict)

    def of(self, *kinds: str) -> Iterator[Rule]:
        """Rules of these kinds that allow something; what is denied whole, nothing allows.

        That is so wherever a rule that denies stands.
        """
        gone = self.denials("whole", lambda each: (each.kind,) if each.is_whole else ())
        for each in self.rules:
            is_asked = each.kind in kinds and not each.denies
            if is_asked and not (gone.hold("all", each) or gone.hold(each.kind, each)):
                yield each

    def denials(self, key: Hashable, of: Callable[[Rule], Iterable[Hashable]]) -> Denials:
        """What its rules deny, worked out once for each key; ``of`` says what one of them does."""
        found = self.kept.get(key)
        if found is None:
            found = self.kept[key] = Denials()
            for each in self.rules:
                for what in of(each) if each.denies else ():
                    found.add(what, each)
        return found

    def is_for(self, glob: str, text: str) -> bool:
        """Whether a glob of a rule of it matches a path or a name."""
        return matches(glob.strip('"'), text, self.variables)

    def written(self, rule: Rule, paths: tuple[str, ...]) -> list[str]:
        """Those of these files that a rule lets be written, and none denies."""
        may = _WRITING if rule.is_whole else _written(rule)
        denied = self.denials(paths, lambda each: self._closed(each, paths)) if may else Denials()
        left = (path for path in paths if any(not denied.hold((path, how), rule) for how in may))
        return [path for path in left if rule.is_whole or self.is_for(rule.path, path)]

    def writes_everywhere(self, rule: Rule) -> bool:
        """Whether a rule is for the files of every folder, and leaves some open to be written."""
        is_for_all = rule.is_whole or all(self.is_for(rule.path, each) for each in _SAMPLES)
        return is_for_all and bool(self.written(rule, _SAMPLES))

    def unknown(self) -> Iterator[str]:
        """Why rules are not judged: what they allow is in a variable that nobody here defines."""
        for each in self.of("file", "change_profile", "ptrace"):
            if each.kind == "file":
                name = undefined(each.path, self.variables) if _written(each) else ""
                name = name if any(self._may_be_for(each.path, at) for at in KERNEL_FILES) else ""
            else:
                is_judged = each.kind != "ptrace" or each.is_tracing
                name = undefined(each.peer, self.variables) if is_judged else ""
            if name:
                yield f"line {each.line}: what @{{{name}}} stands for is not said in this file"

    def _may_be_for(self, glob: str, text: str) -> bool:
        return matches(glob, text, self.variables, unknown="**")

    def _closed(self, rule: Rule, paths: tuple[str, ...]) -> Iterator[Hashable]:
        """What a rule denies of each file; who may not write may not append."""
        may = _written(rule) if rule.kind == "file" else ""
        for path in paths if may else ():
            if self.is_for(rule.path, path):
                yield from ((path, how) for how in may)

    def tell(self, says: str, rule: Rule | None = None) -> Evidence:
        """What is wrong with the profile, or with a rule of it."""
        if rule is None:
            return Evidence(at=f"profile {self.name}", says=says, line=self.line)
        shown = " ".join(rule.text.split())[:MAX_SHOWN_CHARS]
        return Evidence(at=f"profile {self.name}: {shown}", says=says, line=rule.line)


def _written(rule: Rule) -> str:
    """The letters by which a rule is for writing; who may write may append, too."""
    return _WRITING if "w" in rule.may else "a" if "a" in rule.may else ""


class AppArmor(Struct, frozen=True):
    """All profiles of a file, in the order in which they begin."""

    profiles: tuple[Profile, ...]

    def unknown(self) -> list[str]:
        """Why rules of it are not judged."""
        return [why for each in self.profiles for why in each.unknown()]


def apparmor_file(file: File) -> AppArmor | None:
    """The profiles of a file; ``None`` where it has none.

    Raises ``ParseError`` for one that breaks off, or that is more than what is read.
    """
    data = file.read(0, MAX_PROFILE_BYTES)
    if b"\0" in data or not _sign(data):
        return None
    if file.size > MAX_PROFILE_BYTES:
        raise ParseError(file.path, f"more than the {MAX_PROFILE_BYTES} bytes that are read")
    reader = _Reader()
    try:
        for end, text, line in _statements(data.decode(errors="replace")):
            reader.take(end, text, line)
    except ValueError as error:
        if not reader.found and not _is_named(file.path):
            return None
        raise ParseError(file.path, str(error)) from error
    if reader.around and reader.found:
        raise ParseError(file.path, "ends in the middle of a profile")
    return AppArmor(tuple(reader.found)) if reader.found else None


def _is_named(path: str) -> bool:
    """Whether a file is a profile by its name: a folder ``apparmor`` also holds programs."""
    return path.endswith(".apparmor") or "apparmor.d" in path.split("/")


class _Block(Struct, frozen=True):
    """An open block: the profile that it is or is in, and what it says of the rules in it."""

    profile: Profile | None = None
    before: str = ""
    branch: Branch = ()


class _Reader(Struct):
    """What was read of a file so far; ``around`` are the open blocks."""

    found: list[Profile] = field(default_factory=list)
    around: list[_Block] = field(default_factory=list)
    variables: dict[str, list[str]] = field(default_factory=dict)
    branches: int = 0

    def take(self, end: str, text: str, line: int) -> None:
        """Take one statement; raises ``ValueError`` where there cannot be one such."""
        if len(text) > MAX_STATEMENT_CHARS:
            raise ValueError(f"a rule of more than {MAX_STATEMENT_CHARS} characters, line {line}")
        inner = self.around[-1] if self.around else _Block()
        if end == "{":
            if len(self.around) >= MAX_DEPTH:
                raise ValueError(f"blocks nested deeper than {MAX_DEPTH}, line {line}")
            self.around.append(self._opened(text, line, inner))
        elif end == "}":
            if not self.around:
                raise ValueError(f"a block ends that never began, line {line}")
            self.around.pop()
        elif _variable(text):
            _define(text, line, self.variables)
        elif text and not _alone(text) and inner.profile:
            read = read_rule(text, line, before=inner.before, branch=inner.branch)
            inner.profile.rules.append(read)

    def _opened(self, text: str, line: int, outer: _Block) -> _Block:
        """What opens: a profile, qualifiers of several rules, or a branch.

        Which branch is taken depends on variables, which other files may set: what any of them
        allows is allowed, and what one denies is denied in it alone.
        """
        if _head(text):
            profile = _profile(text, line, self.variables)
            self.found.append(profile)
            return _Block(profile)
        if is_qualifier(text):
            return _Block(outer.profile, f"{outer.before} {text}".strip(), outer.branch)
        self.branches += 1
        return _Block(outer.profile, outer.before, (*outer.branch, self.branches))


def _define(text: str, line: int, variables: dict[str, list[str]]) -> None:
    """Take the values of a variable; ``+=`` adds to those before."""
    named = _variable(text)
    if named:
        held = variables.get(named[1], []) if named[2] == "+=" else []
        values = [*held, *words(text[named.end() :])]
        if sum(len(each) + 1 for each in values) > MAX_GLOB_CHARS:
            raise ValueError(f"a variable of more than {MAX_GLOB_CHARS} characters, line {line}")
        variables[named[1]] = values


def _profile(head: str, line: int, variables: Mapping[str, list[str]]) -> Profile:
    flags = _flags(head)
    named = words(head[: flags.start()] if flags else head)
    name = next((each for each in named if each not in ("profile", "hat")), "")
    said = ((flags[1] or flags[2] or "") if flags else "").replace(",", " ").split()
    return Profile(
        name=name[:MAX_SHOWN_CHARS], line=line, flags=frozenset(said), variables=variables
    )


def _statements(text: str) -> Iterator[tuple[str, str, int]]:
    """What ends a statement (``,``, ``{``, ``}``, or a line of its own), the statement, its line.

    A brace within a word is an alternation of paths or a variable, commas in it and in brackets
    and quotes end nothing.
    """
    for number, joined in _joined(text):
        if _variable(joined):
            yield "", joined.strip(), number
            continue
        held, line = "", number
        depth, quoted = 0, False
        for index, sign in enumerate(joined):
            if quoted or depth:
                quoted = quoted and sign != '"'
                depth += (sign in "({") - (sign in ")}") if not quoted else 0
                held += sign
            elif sign == "{" and _opens(held, joined, index):
                yield "{", held.strip(), line
                held = ""
            elif sign == "}":
                yield "", held.strip().rstrip(","), line
                yield "}", "", line
                held = ""
            elif sign == "," and (_is_outside(joined, index + 1) or _is_said(held)):
                yield ",", held.strip(), line
                held = ""
            else:
                quoted, depth = sign == '"', int(sign in "({")
                held += sign
        yield "", held.strip(), line


def _is_outside(text: str, index: int) -> bool:
    """Whether what comes next is no part of the word before."""
    return index >= len(text) or text[index].isspace() or text[index] == '"'


def _is_said(held: str) -> bool:
    """Whether a comma ends a rule whatever follows: paths and names may have one, words not."""
    if held[-1:].isspace() or held.endswith('"'):
        return True
    last = held[-MAX_WORD_CHARS:].split()
    if not last or (len(last) == 1 and len(held) > MAX_WORD_CHARS):
        return False
    is_value = "=" in last[-1] and not last[-1].endswith(")")
    return not (last[-1].startswith(("/", "@{")) or is_value or last[-2:-1] == ["->"])


_alternation = regex(rf"\{{\S{{1,{MAX_GLOB_CHARS}}}\}}").match


def _opens(held: str, words: str, index: int) -> bool:
    """Whether a brace opens a block: after space, and not alternatives in a rule."""
    is_within = bool(held) and not held[-1].isspace() and held[-1] != ")"
    if is_within or len(held) > MAX_STATEMENT_CHARS:
        return False
    is_rule = bool(held.strip()) and not _head(held.lstrip())
    return not (is_rule and _alternation(words, index))


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
        if _is_ended(held) or _alone(held) or count >= MAX_JOINED_LINES:
            yield begun, held
            held, count = "", 0
    if held:
        yield begun, held


def _is_ended(held: str) -> bool:
    """Whether a statement ends with a line: a brace that closes alternatives ends none."""
    bare = held.rstrip()
    if not bare.endswith("}"):
        return bare.endswith((",", "{"))
    word = bare.rsplit(maxsplit=1)[-1]
    return word.count("}") > word.count("{")


def _uncommented(line: str) -> str:
    """A line up to its comment, which begins a line or follows a space."""
    quoted = False
    for index, sign in enumerate(line):
        quoted ^= sign == '"'
        if sign == "#" and not quoted and (index == 0 or line[index - 1] in " \t,{}"):
            return line[:index]
    return line
