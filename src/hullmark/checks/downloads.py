"""Commands that download, and those that run what comes."""

from collections.abc import Iterator, Sequence
from re import compile as regex

from hullmark.checks.image_facts import SHELLS, host
from hullmark.checks.shell import Command

DOWNLOADERS = frozenset(("curl", "wget", "aria2c", "fetch", "http"))
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
LOCAL = frozenset(("localhost", "127.0.0.1", "[::1]", "0.0.0.0"))  # noqa: S104 - what scripts ask, nothing is bound
TAKERS = INTERPRETERS | {"tar", "apt-key", "dpkg", "rpm", "unzip", "gunzip", "bunzip2", "cpio"}
"""Programs that run or install what they read."""

_fetched = regex(rf"(?:\$\(|[<>]\(|`)\s*(?:sudo\s+)?({'|'.join(sorted(DOWNLOADERS))})\s").search
_PROGRAMS = (".sh", ".bash", ".py", ".pl", ".gz", ".tgz", ".xz", ".bz2", ".zst", ".zip", ".tar")
_PACKAGES = (".deb", ".rpm", ".apk", ".jar", ".war", ".whl", ".gem", ".bin", ".run", ".so", ".gpg")
_INSIDE = (".local", ".internal", ".localhost", ".svc", ".cluster.local", ".lan", ".test")


def executed(commands: Sequence[Command]) -> Iterator[str]:
    """What is downloaded into what runs it, for each time that these commands do so."""
    source = ""
    for command in commands:
        if not command.reads_pipe:
            source = ""
        if command.program in DOWNLOADERS:
            source = command.program
        elif (
            source and command.program in INTERPRETERS and not command.has("-m", "-c", "-e", "-ne")
        ):
            yield f"{source} downloads into {command.program}"
        for word in _code(command):
            found = _fetched(word)
            if found:
                yield f"{found[1]} downloads into {command.program}"


def _code(command: Command) -> Iterator[str]:
    """Words of a command that it runs, or whose content it runs."""
    if command.program in ("eval", "source", "."):
        yield from command.words
    if command.program not in INTERPRETERS:
        return
    for before, word in zip(("", *command.words), command.words, strict=False):
        is_code = before.startswith("-") and before[-1:] in ("c", "e") and before[1:2] != "-"
        if is_code or before in ("<", "<<<") or word.startswith(("<", "<<<")):
            yield word


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
