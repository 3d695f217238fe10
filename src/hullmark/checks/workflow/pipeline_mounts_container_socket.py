"""Containers that command the runner's Docker."""

from collections.abc import Iterator

from hullmark.checks import docker_commands
from hullmark.checks.declare_config import workflow_check
from hullmark.checks.image_facts import short
from hullmark.checks.workflow_examples import JOB, hub, lab
from hullmark.checks.workflow_file import GITHUB, GITLAB, Workflow
from hullmark.checks.workflow_uses import job_containers
from hullmark.model import Evidence, Severity


@workflow_check(
    GITHUB,
    GITLAB,
    id="pipeline-mounts-container-socket",
    title="Pipeline mounts the container runtime's socket",
    severity=Severity.HIGH,
    bad=(
        hub("docker run -v /var/run/docker.sock:/var/run/docker.sock tool:1"),
        f"on: push\n{JOB}    container: {{image: a, volumes: ['/run/docker.sock:/s']}}\n",
        lab("docker run -v /run/docker.sock:/s tool:1"),
    ),
    good=(
        hub("docker run -v $PWD:/src tool:1"),
        f"on: push\n{JOB}    container:\n      image: a:1\n      volumes: ['data:/data']\n",
    ),
    remediation="Build without the daemon: BuildKit rootless, buildah or kaniko.",
    references=("https://docs.docker.com/engine/security/#docker-daemon-attack-surface",),
)
def pipeline_mounts_container_socket(workflow: Workflow) -> Iterator[Evidence]:
    """Through it one starts a container with the runner's files: it is root of the runner."""
    yield from workflow.every(docker_commands.socket_mounted)
    for at, container, line in job_containers(workflow):
        said = next(
            (
                f"{short(each)} mounted"
                for each in docker_commands.sources(container)
                if docker_commands.is_socket(each)
            ),
            "",
        )
        if said:
            yield workflow.tell(at, f"the job's container is started with {said}", line)
