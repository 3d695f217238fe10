"""Containers that are not apart from the host."""

from collections.abc import Iterator

from hullmark.checks import docker_commands
from hullmark.checks.build_mends import of_script, without
from hullmark.checks.declare_config import script_check
from hullmark.checks.script_file import Script
from hullmark.model import Evidence, Severity


@script_check(
    id="script-shares-host-namespaces",
    title="Script starts a container in the host's namespaces",
    severity=Severity.MEDIUM,
    bad=(
        "#!/bin/sh\ndocker run -d --network host proxy:1\n",
        "docker run --pid=host --rm tool:1\n",
    ),
    good=(
        "docker run -d --network front -p 80:8080 proxy:1\n",
        "docker run --rm tool:1 --network host\n",
    ),
    remediation=(
        "Give it a network of its own and publish the ports that are needed; drop --pid, "
        "--ipc and --uts."
    ),
    references=("https://docs.docker.com/reference/cli/docker/container/run/#network",),
    mend=of_script(
        without(*(f"--{each}=host" for each in ("network", "net", "pid", "ipc", "uts"))),
        says="give it namespaces of its own",
        breaks="cuts it off from ports and processes of the host",
        risky=True,
    ),
)
def script_shares_host_namespaces(script: Script) -> Iterator[Evidence]:
    """It reaches services that listen on the host alone, and sees or stops what runs there."""
    yield from script.every(docker_commands.host_namespace)
