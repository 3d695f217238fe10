"""Commands that download, and those that run what comes."""

from collections.abc import Iterator, Sequence

from hullmark.checks.image_facts import SHELLS, host
from hullmark.checks.interpreted import STANDARD_INPUT, interpreted
from hullmark.checks.shell import Command, commands
from hullmark.model.later import regex

DOWNLOADERS = frozenset(("curl", "wget", "aria2c", "fetch", "http"))
_OF_POWERSHELL = frozenset(("iwr", "irm", "invoke-webrequest", "invoke-restmethod"))
_RUN_BY_POWERSHELL = ("iex", "invoke-expression")
_VERSIONED = ("python", "pypy", "ruby", "php", "perl")
MAX_BETWEEN = 4
"""Commands that a call of PowerShell with brackets falls into, as a shell reads it."""

MAX_SINK_CHARS = 1000
"""Of what stands in ``>(``; real ones are a few words."""

INTERPRETERS = SHELLS | {"python", "python2", "python3", "perl", "ruby", "node", "php", "pwsh"}

CHECKERS = frozenset(
    (
        "sha256sum",
        "sha512sum",
        "sha384sum",
        "shasum",
        "gpg",
        "gpgv",
        "cosign",
        "minisign",
        "openssl",
        "b2sum",
    )
)
_SOURCES = ("source", ".")
LOCAL = frozenset(("localhost", "127.0.0.1", "[::1]", "0.0.0.0"))  # noqa: S104 - what scripts ask, nothing is bound
TAKERS = INTERPRETERS | {"tar", "apt-key", "dpkg", "rpm", "unzip", "gunzip", "bunzip2", "cpio"}
"""Programs that run or install what they read."""

_fetched = regex(
    r"(?:\$\(|[<>]\(|`)\s*(?:sudo\s+)?(?:[A-Za-z_]\w*+=[^\s()`]*+\s+)*(?:[\w.-]*+/)*+"
    rf"({'|'.join(sorted(DOWNLOADERS))})\s"
).search
_invoked = regex(
    r"(?i)\b(?:iex|invoke-expression)\b[^;|\n]{0,80}?\b"
    r"(downloadstring|irm|iwr|invoke-webrequest|invoke-restmethod)\b"
).search
_piped = regex(
    r"(?i)\b(downloadstring|irm|iwr|invoke-webrequest|invoke-restmethod)\b[^;|\n]{0,400}"
    r"\|\s{0,8}(?:iex|invoke-expression)\b"
).search
_PROGRAMS = (".sh", ".bash", ".py", ".pl", ".gz", ".tgz", ".xz", ".bz2", ".zst", ".zip", ".tar")
_PACKAGES = (".deb", ".rpm", ".apk", ".jar", ".war", ".whl", ".gem", ".bin", ".run", ".so", ".gpg")
_INSIDE = (".local", ".internal", ".localhost", ".svc", ".cluster.local", ".lan", ".test")


def executed(listed: Sequence[Command]) -> Iterator[str]:
    """What is downloaded into what runs it, for each time that these commands do so."""
    source = ""
    invoked = 0
    for command in listed:
        if not command.reads_pipe:
            source = ""
        invoked -= bool(invoked)
        if command.program.lower() in _RUN_BY_POWERSHELL and not command.reads_pipe:
            invoked = MAX_BETWEEN
        if downloads(command):
            source = command.program
            yield from (f"{source} downloads into {each}" for each in _sinks(command))
        elif source:
            if runs_input(command) or _runs_words(command):
                yield f"{source} downloads into {command.program}"
            yield from (f"{source} downloads into {each}" for each in _sinks(command))
        if invoked and (command.program.lower() == ".downloadstring" or _is_web(command)):
            yield f"{command.program.lstrip('.')} downloads into iex"
            invoked = 0
        yield from _by_powershell(command)
        for word in _code(command):
            found = _fetched(word)
            if found:
                yield f"{found[1]} downloads into {command.program}"


def downloads(command: Command) -> bool:
    """Whether a command is one that fetches."""
    return command.program in DOWNLOADERS or _is_web(command)


def _is_web(command: Command) -> bool:
    return command.program.lower() in _OF_POWERSHELL


def interpreter(program: str) -> bool:
    """Whether a program is an interpreter, of whatever version."""
    return program in INTERPRETERS or program.rstrip("0123456789.") in _VERSIONED


def _sinks(command: Command) -> Iterator[str]:
    """Interpreters that a command writes to by a substitution: ``> >(sh)``, ``tee >(sh)``."""
    for word in command.words:
        _, sign, inner = word.partition(">(")
        for each in commands(inner[:-1]) if sign and len(inner) <= MAX_SINK_CHARS else ():
            if runs_input(each):
                yield each.program


def _runs_words(command: Command) -> bool:
    """Whether xargs makes what it reads the script of a shell."""
    if "xargs" not in [each.rpartition("/")[2] for each in command.before]:
        return False
    code = interpreted(command.program, command.words).code
    return command.program in SHELLS and code[:1] in (("",), ("{}",), ("%",))


def runs_input(command: Command) -> bool:
    """Whether a command runs what is piped into it."""
    if command.program in _SOURCES:
        return command.words[:1] in [(each,) for each in STANDARD_INPUT if each != "-"]
    if command.program.lower() in _RUN_BY_POWERSHELL:
        return not command.words
    if not interpreter(command.program):
        return False
    found = interpreted(command.program, command.words)
    return found.reads and not found.read


def _by_powershell(command: Command) -> Iterator[str]:
    """What PowerShell is told to fetch and to run, in words of its own grammar."""
    program = command.program.lower().removesuffix(".exe")
    if program in ("powershell", "pwsh"):
        text = " ".join(command.words)
        found = _invoked(text) or _piped(text)
        if found:
            yield f"{found[1]} downloads into {program}"


def _code(command: Command) -> Iterator[str]:
    """Words of a command that it runs, or whose content it runs."""
    if command.program == "eval":
        yield from command.words
    elif command.program in _SOURCES:
        yield from command.words[:1]
        yield from interpreted("sh", ("-s", *command.words[1:])).read
    elif interpreter(command.program):
        found = interpreted(command.program, command.words)
        yield from found.code
        yield from (found.read if found.reads else ())
        yield found.file


def plain_address(command: Command) -> str:
    """The address without TLS, of a host that is not local, that a command downloads from."""
    if command.program not in ("curl", "wget", "git", "aria2c"):
        return ""
    for word in command.words:
        if word.startswith(("http://", "ftp://", "git://")):
            place = host(word, quoted=False)
            if place not in LOCAL and "." in place and not place.endswith(_INSIDE):
                return word
    return ""


def is_program(address: str) -> bool:
    """Whether what an address ends in is a program, an archive or a key."""
    return address.partition("?")[0].lower().endswith((*_PROGRAMS, *_PACKAGES, ".asc", ".key"))
