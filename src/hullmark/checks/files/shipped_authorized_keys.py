"""Keys that may log in to every container of an image."""

from collections.abc import Iterator
from re import compile as regex

from hullmark.checks.declare import file_check
from hullmark.checks.lines import lines, shown
from hullmark.checks.samples import text
from hullmark.model import Evidence, File, Severity
from hullmark.model.finding import Kind

END_CHARS = 20
"""Of a key's comment, which is mostly the name of its owner."""

_key = regex(r"(?:^|[\s,])((?:sk-)?(?:ssh-|ecdsa-)[a-z0-9@.-]{2,60})\s+(A{4}[A-Za-z0-9+/=]{20,})")


def _bad() -> tuple[File, ...]:
    key = "ssh-ed25519 AAAA" + "C3NzaC1lZDI1NTE5" + "a" * 40
    return (
        text("root/.ssh/authorized_keys", f"{key} ann@desk"),
        text("home/app/.ssh/authorized_keys", f'command="/bin/backup",no-pty {key} ops'),
    )


def _good() -> tuple[File, ...]:
    return (text("root/.ssh/authorized_keys", "# none yet", ""),)


@file_check(
    id="shipped-authorized-keys",
    title="The image holds keys that may log in",
    kind=Kind.MISCONFIGURATION,
    severity=Severity.MEDIUM,
    names=(
        "**/.ssh/authorized_keys",
        "**/.ssh/authorized_keys2",
        "etc/ssh/authorized_keys",
        "etc/ssh/authorized_keys/*",
        "etc/dropbear/authorized_keys",
    ),
    bad=_bad,
    good=_good,
    remediation="Remove the file; mount the keys of those who need them where the container runs.",
    references=("https://man.openbsd.org/sshd#AUTHORIZED_KEYS_FILE_FORMAT",),
)
def shipped_authorized_keys(file: File) -> Iterator[Evidence]:
    """The owner of such a key gets into every container of the image that runs an SSH server.

    It outlasts the owner's job, and is the usual way by which an intruder comes back.
    """
    for number, line in lines(file):
        if found := _key.search(line):
            comment = line[found.end() :].strip()
            whose = f" of {shown('...' + comment[-END_CHARS:])}" if comment else ""
            forced = ", which runs a set command" if "command=" in line[: found.start(1)] else ""
            says = f"lets a {found[1]} key{whose} log in{forced}"
            yield Evidence(at=f"{found[2][-END_CHARS:]}:{number}", says=says, line=number)
