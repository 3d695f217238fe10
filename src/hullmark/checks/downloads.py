"""Commands that download, and those that run what comes."""

from collections.abc import Iterator, Sequence

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

_PROGRAMS = (".sh", ".bash", ".py", ".pl", ".gz", ".tgz", ".xz", ".bz2", ".zst", ".zip", ".tar")
_PACKAGES = (".deb", ".rpm", ".apk", ".jar", ".war", ".whl", ".gem", ".bin", ".run", ".so", ".gpg")
_INSIDE = (".local", ".internal", ".localhost", ".svc", ".cluster.local", ".lan", ".test")


def executed(commands: Sequence[Command]) -> Iterator[str]:
    """What is downloaded into what runs it, for each time that these commands do so."""
    source = ""
    nested = ""
    for command in commands:
        if not command.reads_pipe:
            source = ""
        if command.program in DOWNLOADERS:
            source = command.program
            if nested:
                yield f"{source} downloads into {nested}"
        elif (
            source and command.program in INTERPRETERS and not command.has("-m", "-c", "-e", "-ne")
        ):
            yield f"{source} downloads into {command.program}"
        elif command.program in INTERPRETERS | {"eval", "source", "."}:
            script = " ".join(command.words)
            for each in DOWNLOADERS:
                if f"$({each} " in script or f"`{each} " in script:
                    yield f"{each} downloads into {command.program}"
        nested = (
            command.program if command.program in SHELLS and command.words[-1:] == ("<",) else ""
        )


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
