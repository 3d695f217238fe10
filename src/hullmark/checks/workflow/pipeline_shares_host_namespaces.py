"""Containers that are not apart from the runner."""

from collections.abc import Iterator

from hullmark.checks import docker_commands
from hullmark.checks.declare_config import workflow_check
from hullmark.checks.workflow_examples import JOB, hub
from hullmark.checks.workflow_file import GITHUB, GITLAB, Workflow
from hullmark.checks.workflow_uses import job_containers
from hullmark.model import Evidence, Severity


@workflow_check(
    GITHUB,
    GITLAB,
    id="pipeline-shares-host-namespaces",
    title="Pipeline starts a container in the host's namespaces",
    severity=Severity.LOW,
    bad=(
        hub("docker run -d --network host proxy:1"),
        f"on: push\n{JOB}    container: {{image: 'a:1', options: --pid=host}}\n",
    ),
    good=(
        hub("docker run -d -p 80:8080 proxy:1"),
        f"on: push\n{JOB}    container: {{image: 'a:1', options: --network-alias host}}\n",
    ),
    remediation="Publish the ports that are needed; drop --pid, --ipc and --uts.",
    references=("https://docs.docker.com/reference/cli/docker/container/run/#network",),
)
def pipeline_shares_host_namespaces(workflow: Workflow) -> Iterator[Evidence]:
    """It reaches services that listen on the runner alone, and sees or stops what runs there."""
    yield from workflow.every(docker_commands.host_namespace)
    for at, container, line in job_containers(workflow):
        said = (
            shared := docker_commands.namespace_shared(container)
        ) and f"the host's {shared} namespace"
        if said:
            yield workflow.tell(at, f"the job's container is started with {said}", line)
