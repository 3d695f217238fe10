"""Containers that are given the host."""

from collections.abc import Iterator

from hullmark.checks import docker_commands
from hullmark.checks.build_mends import of_script, without
from hullmark.checks.declare_config import script_check
from hullmark.checks.script_file import Script
from hullmark.model import Evidence, Severity


@script_check(
    id="script-starts-privileged-container",
    title="Script starts a privileged container",
    severity=Severity.HIGH,
    bad=(
        "#!/bin/sh\ndocker run --rm --privileged builder:1 make\n",
        "podman run --cap-add=SYS_ADMIN -v a:/a builder:1\n",
    ),
    good=(
        "docker run --rm --cap-add NET_BIND_SERVICE builder:1\n",
        "docker run --privileged=false builder:1 ls --privileged\n",
        "docker run --rm --privileged tonistiigi/binfmt:1 --install all\n",
    ),
    remediation="Drop the option, and add the capabilities that are needed one by one.",
    references=("https://docs.docker.com/reference/cli/docker/container/run/#privileged",),
    mend=of_script(
        without("--privileged", "--privileged=true"),
        says="drop --privileged",
        breaks="takes devices and capabilities away that the program may need",
        risky=True,
    ),
)
def script_starts_privileged_container(script: Script) -> Iterator[Evidence]:
    """It has every capability and every device: whoever breaks into it is root of the host."""
    yield from script.every(docker_commands.privileged)
