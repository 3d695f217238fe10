"""Docker daemons that ask nobody for a name."""

from collections.abc import Iterator

from hullmark.checks.declare_config import script_check
from hullmark.checks.image_facts import short
from hullmark.checks.script_file import Script
from hullmark.checks.shell import Command
from hullmark.model import Evidence, Severity

LOCAL = ("127.", "localhost", "[::1]")


@script_check(
    id="script-starts-open-docker-daemon",
    title="Script starts a Docker daemon without TLS",
    severity=Severity.CRITICAL,
    bad=(
        "#!/bin/sh\ndockerd -H tcp://0.0.0.0:2375 &\n",
        "dockerd --host=tcp://0.0.0.0:2375 --tls=false\n",
    ),
    good=(
        "dockerd -H unix:///var/run/docker.sock\n",
        "dockerd --tlsverify --tlscacert=ca.pem -H tcp://0.0.0.0:2376\n",
        "dockerd -H tcp://127.0.0.1:2375\n",
    ),
    remediation="Use the socket, SSH, or --tlsverify with certificates of clients.",
    references=("https://docs.docker.com/engine/security/protect-access/",),
    left="which certificates clients have is for people to say",
)
def script_starts_open_docker_daemon(script: Script) -> Iterator[Evidence]:
    """Whoever reaches the port starts containers with the host's files: it is root of the host."""
    yield from script.every(_open)


def _open(command: Command) -> str:
    if command.program not in ("dockerd", "dockerd-entrypoint.sh") or any(
        each in ("--tlsverify", "--tlsverify=true") for each in command.words
    ):
        return ""
    for word in command.words:
        address = word.removeprefix("--host=").removeprefix("-H=").removeprefix("-H")
        place = address.removeprefix("tcp://")
        if place != address and not place.startswith(LOCAL):
            return f"dockerd listens on {short(address)} and verifies no client"
    return ""
