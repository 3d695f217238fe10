"""Containers that let people log in."""

from collections.abc import Iterator

from hullmark.checks.declare_config import script_check
from hullmark.checks.script_file import Script
from hullmark.checks.shell import Command
from hullmark.model import Evidence, Severity

_GOOD = """\
@docker-entrypoint.sh
#!/bin/sh
set -e
ssh-keyscan a >> /etc/ssh/known_hosts
exec "$@"
"""


@script_check(
    id="entrypoint-starts-ssh-server",
    title="Entry point starts an SSH server",
    severity=Severity.MEDIUM,
    bad=(
        '@docker-entrypoint.sh\n#!/bin/sh\nset -e\n/usr/sbin/sshd\nexec "$@"\n',
        "@start.sh\nservice ssh start\nexec app\n",
    ),
    good=(_GOOD, "@provision.sh\nsystemctl restart sshd\n"),
    remediation="Use docker exec or kubectl exec, which ask the platform who may.",
    references=("https://docs.docker.com/build/building/best-practices/#decouple-applications",),
    left="how else people get in is for people to say",
)
def entrypoint_starts_ssh_server(script: Script) -> Iterator[Evidence]:
    """It is a second way in, with accounts and keys that nobody manages."""
    if script.is_entry_point:
        yield from script.every(_ssh)


def _ssh(command: Command) -> str:
    if command.program in ("sshd", "dropbear") and not command.has("-t", "-T"):
        return f"{command.program} is started"
    starts = command.program in ("service", "systemctl", "rc-service") and command.has(
        "start", "restart"
    )
    if starts and command.has("ssh", "sshd", "ssh.service", "sshd.service", "dropbear"):
        return f"{command.program} starts the SSH server"
    return "the SSH server is started" if command.program == "ssh" and _init(command) else ""


def _init(command: Command) -> bool:
    """Whether it is /etc/init.d/ssh."""
    return command.words[:1] in (("start",), ("restart",))
