"""Passwords of accounts that a script holds."""

from collections.abc import Iterator
from itertools import pairwise

from hullmark.checks.declare_config import script_check
from hullmark.checks.script_file import Script
from hullmark.checks.shell import Command
from hullmark.model import Evidence, Severity
from hullmark.model.finding import Kind


@script_check(
    id="script-sets-literal-password",
    title="Script gives an account a password that it holds",
    severity=Severity.HIGH,
    kind=Kind.SECRET,
    bad=(
        "#!/bin/sh\necho 'root:hunter2' | chpasswd\n",
        "useradd -m -p hunter2 jo\n",
        "echo hunter2 | passwd --stdin root\n",
    ),
    good=(
        'echo "root:$ROOT_PASSWORD" | chpasswd\npasswd -l root\n',
        "useradd -r -u 10001 app\nmkdir -p /a\nchpasswd < /run/secrets/accounts\n",
    ),
    remediation=(
        "Change the password wherever it is used, and leave accounts locked: a container "
        "needs none with a password."
    ),
    references=("https://docs.docker.com/build/building/secrets/",),
    left="whether the account is needed is for people to say, and the password is to be changed",
)
def script_sets_literal_password(script: Script) -> Iterator[Evidence]:
    """Whoever reads the script or the image logs in with it, and it is the same everywhere."""
    for line in script.lines:
        before: Command | None = None
        for number, command in enumerate(line.commands, 1):
            if _sets(command, before):
                yield line.tell(f"command {number}", f"{command.program} sets a password", command)
            before = command


def _sets(command: Command, before: Command | None) -> bool:
    """Whether a command sets a password that is written out, in it or in what it reads."""
    if command.program in ("useradd", "usermod"):
        pairs = pairwise(command.words)
        return any(each in ("-p", "--password") and _written(word) for each, word in pairs)
    reads = command.program == "chpasswd" or (
        command.program == "passwd" and command.has("--stdin")
    )
    if not reads or not command.reads_pipe or before is None:
        return False
    given = [each for each in before.words if not each.startswith("-")]
    is_echo = before.program in ("echo", "printf") and bool(given)
    return is_echo and _written(given[-1].rpartition(":")[2])


def _written(word: str) -> bool:
    return bool(word) and not any(sign in word for sign in "$`%") and word not in ("*", "!")
