"""Containers that are given the runner."""

from collections.abc import Iterator

from hullmark.checks import docker_commands
from hullmark.checks.declare_config import workflow_check
from hullmark.checks.workflow_examples import JOB, hub, lab
from hullmark.checks.workflow_file import GITHUB, GITLAB, Workflow
from hullmark.checks.workflow_uses import job_containers
from hullmark.model import Evidence, Severity


@workflow_check(
    GITHUB,
    GITLAB,
    id="pipeline-starts-privileged-container",
    title="Pipeline starts a privileged container",
    severity=Severity.HIGH,
    bad=(
        hub("docker run --rm --privileged builder:1 make"),
        f"on: push\n{JOB}    container: {{image: 'a:1', options: '--init --privileged'}}\n",
        lab("docker run --cap-add SYS_ADMIN builder:1"),
    ),
    good=(
        hub("docker run --rm builder:1 make", "docker run --privileged --rm tonistiigi/binfmt:1"),
        f"on: push\n{JOB}    container: {{image: 'a:1', options: --cpus 1}}\n",
    ),
    remediation="Drop the option, and add the capabilities that are needed one by one.",
    references=("https://docs.docker.com/reference/cli/docker/container/run/#privileged",),
)
def pipeline_starts_privileged_container(workflow: Workflow) -> Iterator[Evidence]:
    """Code of the build becomes root of the runner, and reads what other jobs leave there."""
    yield from workflow.every(docker_commands.privileged)
    for at, container, line in job_containers(workflow):
        said = docker_commands.privileged_by(container)
        if said:
            yield workflow.tell(at, f"the job's container is started with {said}", line)
