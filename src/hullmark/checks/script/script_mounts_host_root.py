"""Containers that hold the host's files."""

from collections.abc import Iterator

from hullmark.checks import docker_commands
from hullmark.checks.declare_config import script_check
from hullmark.checks.script_file import Script
from hullmark.model import Evidence, Severity


@script_check(
    id="script-mounts-host-root",
    title="Script mounts the host's root folder",
    severity=Severity.HIGH,
    bad=(
        "#!/bin/sh\ndocker run --rm -v /:/host tool:1 chroot /host\n",
        "docker run --mount type=bind,src=/,dst=/host tool:1\n",
    ),
    good=("docker run -v /srv:/srv -v data:/ tool:1\n",),
    remediation="Mount the one folder that is needed, read-only where that is enough.",
    references=("https://docs.docker.com/engine/storage/bind-mounts/",),
    left="which folder is needed is for people to say",
)
def script_mounts_host_root(script: Script) -> Iterator[Evidence]:
    """It may write the host's accounts, keys and start scripts, which makes it root of the host."""
    yield from script.every(docker_commands.root_mounted)
