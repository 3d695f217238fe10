"""Containers that command the container runtime."""

from collections.abc import Iterator

from hullmark.checks import docker_commands
from hullmark.checks.declare_config import script_check
from hullmark.checks.script_file import Script
from hullmark.model import Evidence, Severity

_BAD_1 = """\
docker run --mount type=bind,source=/run/containerd/containerd.sock,target=/s tool:1
"""


@script_check(
    id="script-mounts-container-socket",
    title="Script mounts the container runtime's socket",
    severity=Severity.HIGH,
    bad=("#!/bin/sh\ndocker run -v /var/run/docker.sock:/var/run/docker.sock tool:1\n", _BAD_1),
    good=("docker run -v /srv/data:/data tool:1\n", "ls /var/run/docker.sock\n"),
    remediation=(
        "Build without the daemon (BuildKit rootless, buildah), or put a proxy before the"
        " socket that lets few calls through."
    ),
    references=("https://docs.docker.com/engine/security/#docker-daemon-attack-surface",),
    left="what else it can build by is for people to say",
)
def script_mounts_container_socket(script: Script) -> Iterator[Evidence]:
    """Through it one starts a container with the host's files: it is root of the host."""
    yield from script.every(docker_commands.socket_mounted)
